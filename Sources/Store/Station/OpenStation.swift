import Foundation
import Postgres
public import Shop

/// A station that was just opened. The token goes to the bench and is nowhere else.
public struct OpenedStation: Sendable, Codable {
    /// What the journal says of what it takes in: its operator code.
    public let code: String
    public let token: String
}

extension Store {
    /// Opens a station for a bench of a shop, so that it sends its files by itself. Its token is told here and never again;
    /// the same key again tells the same. Throws `unknownThing` for a shop where `staff` does not work the stock.
    public func openStation(
        named name: ShortText,
        in shop: ID<Shop>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> OpenedStation {
        struct Input: Encodable {
            let name: String
            let shop: ID<Shop>
        }
        // From the request's key, and known to nobody without ours.
        let token = Data(keys.blindIndex("station of", key.text)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        let id = newID(User.self)
        let code = try await command(
            "open-station",
            key: key,
            input: Input(name: name.text, shop: shop),
            by: staff,
            facts: ["text": .text(name.text)]
        ) { tx, now in
            try staff.checkHolds(.stockWorkers, in: shop)
            let code = try tx.nextStationCode(in: shop)
            _ = try tx.pipeline([
                """
                insert into users (id, login, operator, name, language, first_day, recorded_at)
                values (\(id), \("station." + code.lowercased()), \(code), \(name.text), \(staff.language), false, \(now))
                """,
                """
                insert into stations (user_id, shop_id, token_hash, opened_at, opened_by)
                values (\(id), \(shop), \(tokenHash(token)), \(now), \(staff.id))
                """,
            ])
            return code
        }
        return OpenedStation(code: code, token: token)
    }

    /// What this station sends is refused from now on. Throws `unknownThing`, also for one of a shop where `staff` does not
    /// work the stock, and `alreadyEnded`.
    public func revokeStation(
        _ code: OperatorCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        try await command("revoke-station", key: key, input: [code.text], by: staff) { tx, now in
            let station = try tx.lockStation(code, for: staff)
            guard !station.isRevoked else { throw Refusal(.alreadyEnded) }
            try tx.execute(
                "update stations set revoked_at = \(now), revoked_by = \(staff.id) where user_id = \(station.id)"
            )
            return Created(id: station.id, code: code.text)
        }
    }

    /// Puts a lot on a bench: the machines that it takes in from now on come with it. Nil takes it off. Throws `unknownThing`,
    /// also for a station of a shop where `staff` does not work the stock, `alreadyEnded` for one that was revoked,
    /// `batchUnknown` for a lot of another shop, `batchNotReceived`.
    public func setStationBatch(
        _ code: OperatorCode,
        to batch: BatchCode?,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        let input = [code.text, batch?.description]
        return try await command("set-station-batch", key: key, input: input, by: staff) {
            tx,
            now in
            let station = try tx.lockStation(code, for: staff)
            guard !station.isRevoked else { throw Refusal(.alreadyEnded) }
            let lot = try batch.map { try tx.receivedBatch($0, in: station.shop) }
            try tx.execute(
                """
                insert into station_batches (station_id, ordinal, batch_id, recorded_at, recorded_by)
                select \(station.id), coalesce(max(ordinal), 0) + 1, \(lot), \(now), \(staff.id)
                from station_batches where station_id = \(station.id)
                """
            )
            return Created(id: station.id, code: code.text)
        }
    }

    /// Who sends under this token: a station, which works the stock of its own shop and holds nothing else. Nil for a token
    /// that is none, or was revoked.
    public func station(token: String) async throws -> Staff? {
        let now = clock.now()
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select u.id, u.operator, u.name, u.language, s.shop_id, s.seen_at
                from stations s join users u on u.id = s.user_id
                where s.token_hash = \(tokenHash(token)) and s.revoked_at is null
                """
            )
            guard let row = rows.first else { return nil }
            let id: ID<User> = try row["id"]
            // Written once a minute, as of a sign-in.
            let seen: Instant? = try row["seen_at"]
            if seen.map({ $0.adding(seconds: 60) < now }) ?? true {
                try tx.execute("update stations set seen_at = \(now) where user_id = \(id)")
            }
            return Staff(
                id: id,
                operatorCode: try row["operator"],
                name: try row["name"],
                language: try row["language"],
                firstDay: false,
                roles: [Staff.Held(role: .stockManager, shop: try row["shop_id"])],
                till: nil
            )
        }
    }
}

extension Refusal {
    static func unknown(station code: OperatorCode) -> Refusal {
        Refusal(.unknownThing, ["field": .field(.station), "text": .text(code.text)])
    }
}

private struct LockedStation {
    let id: ID<User>
    let shop: ID<Shop>
    let isRevoked: Bool
}

extension Transaction {
    /// Throws `unknownThing`, also for a station of a shop where `staff` does not work the stock.
    fileprivate func lockStation(_ code: OperatorCode, for staff: Staff) throws -> LockedStation {
        let rows = try query(
            """
            select s.user_id, s.shop_id, s.revoked_at is not null as is_revoked
            from stations s join users u on u.id = s.user_id
            where u.operator = \(code.text) and \(staff.reach(.stockWorkers).condition("s.shop_id"))
            for no key update of s
            """
        )
        guard let row = rows.first else { throw Refusal.unknown(station: code) }
        return LockedStation(
            id: try row["user_id"],
            shop: try row["shop_id"],
            isRevoked: try row["is_revoked"]
        )
    }

    /// The shop's code, `P` and the first number that no operator code holds: `LIP1`.
    fileprivate func nextStationCode(in shop: ID<Shop>) throws -> String {
        let rows = try query(
            """
            select h.code || 'P' || n as code from shops h, generate_series(1, 9999) n
            where h.id = \(shop) and not exists (select from users where operator = h.code || 'P' || n)
            order by n limit 1
            """
        )
        guard let code: String = try rows.first?["code"] else {
            throw Refusal(.unknownThing, ["field": .field(.shop), "text": .text(shop.text)])
        }
        return code
    }
}
