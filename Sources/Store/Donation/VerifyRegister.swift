import Crypto
import Foundation
import Postgres
import Shop

extension Store {
    /// Each shop’s register counts without a gap, is chained and signed, and says what the rows and the file outside the
    /// database say. Gives the names of those that there are.
    func verifyRegisters(
        _ outside: [ID<Chain>: [Int64: Set<Data>]],
        into found: inout Verification
    ) async throws -> Set<ID<Chain>> {
        let heads = try await reports.transaction { tx in
            try tx.query("select shop_id, ordinal, hash from registers order by shop_id").map {
                try RegisterHead($0)
            }
        }
        for head in heads {
            do {
                try await verify(head, outside[head.shop.register] ?? [:], into: &found)
            } catch let error as PostgresError where error.kind == .unreadable {
                found.fault("row", "register \(head.shop) \(error.message)")
            }
        }
        let strays = try await reports.transaction { tx in
            try tx.query(
                """
                select 'delivery ' || d.id as place from deliveries d
                where not exists (select from register_entries e where e.delivery_id = d.id)
                union all
                select 'machine ' || m.device_id from batch_devices m
                where not exists (select from register_entries e where e.batch_id = m.batch_id and e.device_id = m.device_id)
                union all
                select 'register ' || h.shop_id from registers h
                where h.ordinal <> (select coalesce(max(ordinal), 0) from register_entries e where e.shop_id = h.shop_id)
                limit 1
                """
            ).map { try $0["place"] as String }
        }
        for place in strays { found.fault("entry_missing", place) }
        return Set(heads.map(\.shop.register))
    }

    private func verify(
        _ head: RegisterHead,
        _ outside: [Int64: Set<Data>],
        into found: inout Verification
    ) async throws {
        var (ordinal, hash) = (Int64(0), Data(repeating: 0, count: 32))
        while ordinal < head.ordinal {
            let last = ordinal
            let entries = try await reports.transaction { tx in
                try SealedRecord.read(of: head.shop, after: last, to: head.ordinal, in: tx)
            }
            guard !entries.isEmpty else { break }
            for entry in entries {
                let place = "register \(head.shop) \(entry.ordinal)"
                found.registerEntries += 1
                if entry.ordinal != ordinal + 1 { found.fault("gap", place) }
                let digest = entryDigest(after: entry.previous, entry.payload)
                if entry.previous != hash || Data(digest) != entry.hash {
                    found.fault("hash", place)
                }
                if !keys.trusted.isSigned(digest, entry.signature, by: entry.key) {
                    found.fault("signature", place)
                }
                let text = String(decoding: entry.payload, as: UTF8.self)
                if let field = entry.record.canonical.firstDifference(from: text) {
                    found.fault("row", "\(place) \(field)")
                }
                if let told = outside[entry.ordinal], told != [entry.hash] {
                    found.fault("head", place)
                }
                if !entry.namesItsSeller { found.fault("row", "\(place) seller_digest") }
                ordinal = entry.ordinal
                hash = entry.hash
            }
        }
        if head.ordinal != ordinal || head.hash != hash {
            found.fault("head", "register \(head.shop)")
        }
        if let last = outside.keys.max(), last > ordinal {
            found.fault("truncated", "register \(head.shop) \(ordinal + 1)…\(last)")
        }
    }
}

private struct RegisterHead: Sendable {
    let shop: ID<Shop>
    let ordinal: Int64
    let hash: Data

    init(_ row: Row) throws {
        shop = try row["shop_id"]
        ordinal = try row["ordinal"]
        hash = try row["hash"]
    }
}

/// An entry with what the rows that it hangs on say today.
private struct SealedRecord: Sendable {
    let ordinal: Int64
    let payload: Data
    let previous: Data
    let hash: Data
    let key: String
    let signature: Data
    let record: RegisterRecord
    /// Whether the identity kept apart is the one whose digest is sealed.
    let namesItsSeller: Bool

    static func read(
        of shop: ID<Shop>,
        after last: Int64,
        to end: Int64,
        in tx: Transaction
    ) throws -> [SealedRecord] {
        try tx.query(
            """
            select e.ordinal, e.kind, e.happened_on, e.recorded_at, u.operator, e.payload, e.previous_hash, e.hash, e.key_id,
                   e.signature, e.corrects, e.correction, b.code as batch, r.donor_kind, r.donor_name, r.donor_siret,
                   r.seller_digest, r.acquisition, r.price_cents, r.payment, r.grams, l.kinds, l.units,
                   d.label, d.kind as device_kind, d.maker, d.model, d.serial, m.after_ordinal, i.salt, i.name, i.address, i.document,
                   i.number, i.issued_on, i.issued_by
            from register_entries e join users u on u.id = e.recorded_by
            left join deliveries r on r.id = e.delivery_id
            left join batches b on b.id = coalesce(r.batch_id, e.batch_id)
            left join devices d on d.id = e.device_id
            left join batch_devices m on m.batch_id = e.batch_id and m.device_id = e.device_id
            left join seller_identities i on i.delivery_id = e.delivery_id
            left join lateral (select array_agg(device_kind) as kinds, array_agg(units) as units
                from delivery_lines l where l.delivery_id = e.delivery_id) l on true
            where e.shop_id = \(shop) and e.ordinal > \(last) and e.ordinal <= \(end) order by e.ordinal limit 500
            """
        ).map { try SealedRecord($0, of: shop) }
    }

    private init(_ row: Row, of shop: ID<Shop>) throws {
        ordinal = try row["ordinal"]
        payload = try row["payload"]
        previous = try row["previous_hash"]
        hash = try row["hash"]
        key = try row["key_id"]
        signature = try row["signature"]
        let digest: Data? = try row["seller_digest"]
        let kind: RegisterEntryKind = try row["kind"]
        let content: RegisterRecord.Content
        switch kind {
        case .delivery: content = .delivery(try RegisterRecord.Received(row, digest))
        case .machine:
            content = .machine(
                RegisterRecord.Machine(
                    batch: try row["batch"],
                    label: try row["label"],
                    kind: try row["device_kind"],
                    maker: try row["maker"],
                    model: try row["model"],
                    serial: try row["serial"],
                    afterStay: try row["after_ordinal"]
                )
            )
        case .correction:
            content = .correction(of: try row["corrects"], text: try row["correction"])
        }
        record = RegisterRecord(
            shop: shop,
            ordinal: ordinal,
            happenedOn: try row["happened_on"],
            recordedAt: try row["recorded_at"],
            operatorCode: try row["operator"],
            content: content
        )
        let salt: Data? = try row["salt"]
        namesItsSeller =
            try salt.map { try SellerIdentity(row).digest(salted: $0) == digest }
            ?? (digest == nil)
    }
}

extension RegisterRecord.Received {
    fileprivate init(_ row: Row, _ digest: Data?) throws {
        let kinds: [DeviceKind] = try row["kinds"] ?? []
        let units: [Int] = try row["units"] ?? []
        let grams: Int64? = try row["grams"]
        self.init(
            batch: try row["batch"],
            donorKind: try row["donor_kind"],
            donorName: try row["donor_name"],
            donorSiret: try row["donor_siret"],
            sellerDigest: digest.map(hexadecimal),
            acquisition: try row["acquisition"],
            price: try row["price_cents"],
            payment: try row["payment"],
            weight: grams.map { Grams(count: $0) },
            units: KindCounts(Dictionary(zip(kinds, units), uniquingKeysWith: +))
        )
    }
}

extension SellerIdentity {
    /// As it was written down.
    fileprivate init(_ row: Row) throws {
        self.init(
            kept: try row["name"],
            address: try row["address"],
            document: try row["document"],
            number: try row["number"],
            issuedOn: try row["issued_on"],
            issuedBy: try row["issued_by"]
        )
    }
}
