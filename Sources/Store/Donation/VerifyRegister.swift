import Crypto
import Foundation
import Postgres
import Shop

extension Store {
    /// Each shop’s register counts without a gap, is chained and signed, and says what the rows say.
    func verifyRegisters(into found: inout Verification) async throws {
        let heads = try await reports.transaction { tx in
            try tx.query("select shop_id, ordinal, hash from registers order by shop_id").map {
                try RegisterHead($0)
            }
        }
        for head in heads {
            do {
                try await verify(head, into: &found)
            } catch let error as PostgresError where error.kind == .unreadable {
                found.fault("row", "register \(head.shop) \(error.message)")
            }
        }
    }

    private func verify(_ head: RegisterHead, into found: inout Verification) async throws {
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
                if let field = Canonical.firstDifference(text, entry.record.canonical.text) {
                    found.fault("row", "\(place) \(field)")
                }
                if !entry.namesItsSeller { found.fault("row", "\(place) seller_digest") }
                ordinal = entry.ordinal
                hash = entry.hash
            }
        }
        if head.ordinal != ordinal || head.hash != hash {
            found.fault("head", "register \(head.shop)")
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
            left join batch_receipts r on r.id = e.receipt_id
            left join batches b on b.id = coalesce(r.batch_id, e.batch_id)
            left join devices d on d.id = e.device_id
            left join batch_devices m on m.batch_id = e.batch_id and m.device_id = e.device_id
            left join seller_identities i on i.receipt_id = e.receipt_id
            left join lateral (select array_agg(device_kind) as kinds, array_agg(units) as units
                from batch_receipt_lines l where l.receipt_id = e.receipt_id) l on true
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
        case .receipt: content = .receipt(try RegisterRecord.Received(row, digest))
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
