import Postgres
public import Shop

/// What a lot's papers say on top: who the shop is, who gave.
public struct BatchLetterhead: Hashable, Sendable, Codable {
    public let association: String
    public let siret: String
    public let shop: String
    /// Street, postal code and city of the shop.
    public let address: String
    public let city: String
    public let batch: String
    /// What kind of donor it is where no name is left.
    public let donorKind: DonorKind
    public let donorName: String
    public let donorSiret: String
    public let donorAddress: String
}

/// What a donor gets for a lot that came, with what the tax receipt asks for.
public struct DonationReceipt: Hashable, Sendable, Codable {
    public let head: BatchLetterhead
    public let agreement: String
    /// In the order in which they came.
    public let receivedOn: [Day]
    public let units: KindCounts
    public let weight: Grams?
    /// By the donor; nil where the donor set none.
    public let declaredValue: Cents?
}

/// What was done to the data on the machines of a lot.
public struct ErasureCertificate: Hashable, Sendable, Codable {
    public let head: BatchLetterhead
    /// In the order of the labels, then of the drives.
    public let drives: [Drive]
    /// Machines in which nothing stores data.
    public let withoutDrives: [String]

    public struct Drive: Hashable, Sendable, Codable {
        public let label: String
        public let machine: String
        public let unitSerial: String
        public let kind: DiskKind
        public let serial: String
        /// Nil: still to be erased.
        public let erasure: Erasure?

        public struct Erasure: Hashable, Sendable, Codable {
            public let method: ErasureMethod
            public let level: ErasureLevel
            /// With its version.
            public let tool: String
            public let at: Instant
            public let operatorCode: String
        }
    }

    /// Drives of which nothing is proved yet.
    public var waiting: Int { drives.count { $0.erasure == nil } }
}

extension Store {
    /// The receipt for a lot that was given. Throws `batchUnknown`, `batchNotReceived`, also for a lot that was bought.
    public func donationReceipt(
        _ code: BatchCode,
        in reach: Reach = .everyShop
    ) async throws -> DonationReceipt {
        try await transaction { tx in
            let head = try tx.letterhead(code, in: reach)
            let rows = try tx.pipeline([
                """
                select b.agreement, b.declared_value_cents,
                       (select array_agg(distinct received_on) from batch_receipts r where r.batch_id = b.id) as days,
                       (select sum(grams)::bigint from batch_receipts r where r.batch_id = b.id) as grams
                from batches b where b.code = \(code.description) and b.acquisition = 'gift'
                """,
                """
                select l.device_kind, sum(l.units)::int as units from batches b join batch_receipts r on r.batch_id = b.id
                join batch_receipt_lines l on l.receipt_id = r.id where b.code = \(code.description) group by 1
                """,
            ])
            guard let row = rows[0].first, let days: [Day] = try row["days"] else {
                throw Refusal(.batchNotReceived, ["batch": .text(code.description)])
            }
            let grams: Int64? = try row["grams"]
            return DonationReceipt(
                head: head,
                agreement: try row["agreement"],
                receivedOn: days,
                units: KindCounts(
                    try Dictionary(
                        uniqueKeysWithValues: rows[1].map {
                            (try $0["device_kind"], try $0["units"])
                        }
                    )
                ),
                weight: grams.map { Grams(count: $0) },
                declaredValue: try row["declared_value_cents"]
            )
        }
    }

    /// What was done since the machines of a lot came with it. Throws `batchUnknown`.
    public func erasureCertificate(
        _ code: BatchCode,
        in reach: Reach = .everyShop
    ) async throws -> ErasureCertificate {
        try await transaction { tx in
            let head = try tx.letterhead(code, in: reach)
            let rows = try tx.query(
                """
                select d.label, d.kind as device_kind, d.maker, d.model, d.serial as unit_serial, k.kind, k.serial, e.method,
                       e.level, e.tool, e.tool_version, e.erased_at, u.operator
                from batches b join batch_devices m on m.batch_id = b.id join devices d on d.id = m.device_id
                left join device_disks k on k.device_id = d.id and (k.removed_at is null or k.removed_at > m.recorded_at)
                left join lateral (
                    select * from erasures where disk_id = k.id and verified
                      and (m.after_ordinal is null or erased_at > m.recorded_at)
                      and not exists (select from batch_devices n where n.device_id = d.id
                                      and n.recorded_at > m.recorded_at and n.recorded_at < erased_at)
                    order by erased_at desc limit 1) e on true
                left join users u on u.id = e.recorded_by
                where b.code = \(code.description) order by d.label, k.fitted_at, k.id
                """
            )
            return ErasureCertificate(
                head: head,
                drives: try rows.compactMap { try ErasureCertificate.Drive($0) },
                withoutDrives: try rows.filter { row in
                    let kind: DiskKind? = try row["kind"]
                    return kind == nil
                }.map { try $0["label"] }
            )
        }
    }
}

extension Transaction {
    /// Throws `batchUnknown`, also for a lot outside `reach`.
    fileprivate func letterhead(_ code: BatchCode, in reach: Reach) throws -> BatchLetterhead {
        guard
            let row = try query(
                """
                select coalesce((select name from association), '') as association, h.siret, h.name as shop, h.address,
                       h.postal_code, h.city, d.kind, coalesce(nullif(d.name, ''), c.person_name, '') as donor_name,
                       d.siret as donor_siret, coalesce(c.address, '') as donor_address
                from batches b \(BatchRow.joins)
                where b.code = \(code.description) and \(reach.condition("b.shop_id"))
                """
            ).first
        else { throw Refusal.unknownBatch(code.description) }
        let (address, postalCode, city): (String, String, String) = (
            try row["address"], try row["postal_code"], try row["city"]
        )
        return BatchLetterhead(
            association: try row["association"],
            siret: try row["siret"],
            shop: try row["shop"],
            address: "\(address), \(postalCode) \(city)",
            city: city,
            batch: code.description,
            donorKind: try row["kind"],
            donorName: try row["donor_name"],
            donorSiret: try row["donor_siret"],
            donorAddress: try row["donor_address"]
        )
    }
}

extension ErasureCertificate.Drive {
    /// Nil for a machine without any.
    fileprivate init?(_ row: Row) throws {
        guard let kind: DiskKind = try row["kind"] else { return nil }
        let at: Instant? = try row["erased_at"]
        let device: DeviceKind = try row["device_kind"]
        let name = [try row["maker"] as String, try row["model"]].filter { !$0.isEmpty }
        self.init(
            label: try row["label"],
            machine: name.isEmpty ? device.name(in: .french) : name.joined(separator: " "),
            unitSerial: try row["unit_serial"],
            kind: kind,
            serial: try row["serial"],
            erasure: try at.map { at in
                Erasure(
                    method: try row["method"],
                    level: try row["level"],
                    tool: [try row["tool"] as String, try row["tool_version"]]
                        .filter { !$0.isEmpty }.joined(separator: " "),
                    at: at,
                    operatorCode: try row["operator"]
                )
            }
        )
    }
}
