import Postgres
public import Shop

/// An entry of the second-hand register as it is read.
public struct RegisterRow: Hashable, Sendable, Codable {
    public let ordinal: Int64
    public let kind: RegisterEntryKind
    public let happenedOn: Day
    public let recordedAt: Instant
    /// The lot; nil for a correction.
    public let batch: String?
    /// Who gave or sold: an organisation's name, or that it is a private person, whose identity is kept apart.
    public let donorKind: DonorKind?
    public let donorName: String
    public let donorSiret: String
    public let acquisition: Acquisition?
    public let priceCents: Cents?
    public let payment: AcquisitionPayment?
    public let grams: Grams?
    /// Of a received lot.
    public let units: [UnitsOfKind]
    /// Of a machine.
    public let label: String?
    public let maker: String?
    public let model: String?
    public let serial: String?
    /// The tickets by which the machine left, the first first.
    public let tickets: [String]
    /// The entry that a correction corrects, and what it says.
    public let corrects: Int64?
    public let correction: String?

    public struct UnitsOfKind: Hashable, Sendable, Codable {
        public let kind: DeviceKind
        public let units: Int
    }

    /// What it is about, in one line.
    public func summary(in language: Language) -> String {
        if let correction, let corrects {
            return language.choose("N° \(corrects)\u{A0}: ", "No. \(corrects): ") + correction
        }
        if let label {
            return ([label] + [maker, model, serial].compactMap { $0 }.filter { !$0.isEmpty })
                .joined(separator: " · ")
        }
        return KindCounts(
            Dictionary(units.map { ($0.kind, $0.units) }, uniquingKeysWith: +)
        ).words(in: language)
    }

    /// Who gave or sold.
    public func provenance(in language: Language) -> String {
        guard let donorKind else { return "" }
        if donorName.isEmpty { return donorKind.name(in: language) }
        return [donorName, Siret.printed(donorSiret)].filter { !$0.isEmpty }
            .joined(separator: ", ")
    }
}

extension Store {
    /// The register of a shop by ordinal number; of one day where one is named. `after` is the last part's `next`. Throws
    /// `unknownThing` for a shop where `staff` does not work the stock.
    public func register(
        of shop: ID<Shop>,
        on day: Day? = nil,
        after: String? = nil,
        limit: Int = 50,
        by staff: Staff
    ) async throws -> Paged<RegisterRow> {
        try staff.checkHolds(.stockWorkers, in: shop)
        let limit = min(max(limit, 1), 1000)
        let last = after.flatMap { Int64($0) } ?? 0
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select e.ordinal, e.kind, e.happened_on, e.recorded_at, b.code as batch, r.donor_kind, r.donor_name,
                       r.donor_siret, b.acquisition, r.price_cents, r.payment, r.grams, d.label, d.maker, d.model, d.serial,
                       e.corrects, e.correction, l.kinds, l.units,
                       (select array_agg(t.code || case s.kind when 'gift' then '-G-' else '-V-' end
                                         || lpad(s.number::text, greatest(6, length(s.number::text)), '0') order by x.ordinal)
                        from exits x join sales s on s.id = x.sale_id join tills t on t.id = s.till_id
                        where x.device_id = e.device_id) as tickets
                from register_entries e
                left join lateral (
                    select r.* from batch_receipts r where r.id = e.receipt_id
                    union all
                    (select r.* from batch_receipts r where r.batch_id = e.batch_id and r.recorded_at <= e.recorded_at
                     order by r.recorded_at desc, r.id desc limit 1)) r on true
                left join batches b on b.id = r.batch_id
                left join devices d on d.id = e.device_id
                left join lateral (
                    select array_agg(device_kind order by device_kind) as kinds, array_agg(units order by device_kind) as units
                    from batch_receipt_lines l where l.receipt_id = e.receipt_id) l on true
                where e.shop_id = \(shop) and e.ordinal > \(last) and (\(day)::date is null or e.happened_on = \(day))
                order by e.ordinal limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try RegisterRow($0) }, limit: limit) { String($0.ordinal) }
        }
    }

    /// Who gave or sold what an entry says was received, as their document said it. Throws `unknownThing` without such an
    /// entry, for a lot of an organisation, and where `staff` does not answer for the shop.
    public func seller(
        _ ordinal: Int64,
        of shop: ID<Shop>,
        by staff: Staff
    ) async throws -> ToldSeller {
        try staff.checkHolds(.shopManagers, in: shop)
        return try await transaction { tx in
            guard
                let row = try tx.query(
                    """
                    select i.name, i.address, i.document, i.number, i.issued_on, i.issued_by
                    from register_entries e join seller_identities i on i.receipt_id = e.receipt_id
                    where e.shop_id = \(shop) and e.ordinal = \(ordinal)
                    """
                ).first
            else {
                throw Refusal(
                    .unknownThing,
                    ["field": .field(.ordinal), "text": .number(ordinal)]
                )
            }
            return ToldSeller(
                name: try row["name"],
                address: try row["address"],
                document: try row["document"],
                number: try row["number"],
                issuedOn: try row["issued_on"],
                issuedBy: try row["issued_by"]
            )
        }
    }
}

/// A private person as the register's restricted part names them.
public struct ToldSeller: Hashable, Sendable, Codable {
    public let name: String
    public let address: String
    public let document: IdentityDocument
    public let number: String
    public let issuedOn: Day
    public let issuedBy: String
}

extension Store {
    /// All entries of a day, for a file. Throws as `register` does.
    public func registerTable(
        of shop: ID<Shop>,
        on day: Day,
        by staff: Staff
    ) async throws -> Table {
        var table = Table("register", header: RegisterRow.header)
        var after: String?
        repeat {
            try Task.checkCancellation()
            let part = try await register(of: shop, on: day, after: after, limit: 1000, by: staff)
            for row in part.items { table.add(row.cells) }
            after = part.next
        } while after != nil
        return table
    }
}

extension RegisterRow {
    /// The register is French: an authority reads it.
    fileprivate static let header = [
        "Numéro d’ordre", "Date", "Écriture", "Lot", "Provenance", "Désignation", "Numéro de série",
        "Acquisition", "Prix", "Paiement", "Poids en grammes", "Sortie", "Rectifie",
    ]

    fileprivate var cells: [Table.Cell] {
        func text(_ text: String?) -> Table.Cell { text.map { .text($0) } ?? .nothing }
        return [
            .number(Int(ordinal)), .day(happenedOn), .text(kind.name(in: .french)), text(batch),
            .text(provenance(in: .french)), .text(summary(in: .french)), text(serial),
            text(acquisition?.name(in: .french)), priceCents.map { .cents($0) } ?? .nothing,
            text(payment?.name(in: .french)), grams.map { .number(Int($0.count)) } ?? .nothing,
            .text(tickets.joined(separator: ", ")), corrects.map { .number(Int($0)) } ?? .nothing,
        ]
    }

    fileprivate init(_ row: Row) throws {
        let kind: RegisterEntryKind = try row["kind"]
        let isReceipt = kind == .receipt
        let grams: Int64? = try row["grams"]
        let kinds: [DeviceKind] = try row["kinds"] ?? []
        let units: [Int] = try row["units"] ?? []
        self.init(
            ordinal: try row["ordinal"],
            kind: kind,
            happenedOn: try row["happened_on"],
            recordedAt: try row["recorded_at"],
            batch: try row["batch"],
            donorKind: try row["donor_kind"],
            donorName: try row["donor_name"] ?? "",
            donorSiret: try row["donor_siret"] ?? "",
            acquisition: try row["acquisition"],
            priceCents: isReceipt ? try row["price_cents"] : nil,
            payment: isReceipt ? try row["payment"] : nil,
            grams: isReceipt ? grams.map { Grams(count: $0) } : nil,
            units: zip(kinds, units).map { UnitsOfKind(kind: $0, units: $1) },
            label: try row["label"],
            maker: try row["maker"],
            model: try row["model"],
            serial: try row["serial"],
            tickets: try row["tickets"] ?? [],
            corrects: try row["corrects"],
            correction: try row["correction"]
        )
    }
}
