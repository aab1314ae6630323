import Postgres
public import Shop

/// How far a lot has come. The words of the list’s tabs.
public enum BatchStage: String, CaseIterable, Sendable, Codable {
    case promised, received

    public func name(in language: Language) -> String {
        switch self {
        case .promised: language.choose("Promis", "Promised")
        case .received: language.choose("Reçus", "Received")
        }
    }
}

/// A lot as lists show it.
public struct BatchRow: Hashable, Sendable, Codable {
    public let id: ID<Batch>
    public let code: String
    public let shop: String
    public let donor: ID<Donor>
    public let donorKind: DonorKind
    /// Empty for a private person whose card was erased.
    public let donorName: String
    public let acquisition: Acquisition
    public let promisedOn: Day
    /// The last day on which some of it came; nil before.
    public let receivedOn: Day?
    public let promisedUnits: Int
    public let receivedUnits: Int
    /// Machines of it that were taken in.
    public let devices: Int
    /// What became of them; nil outside lists, and before any was taken in.
    public internal(set) var yield: BatchCard.Yield?

    init(_ row: Row) throws {
        id = try row["id"]
        code = try row["code"]
        shop = try row["shop"]
        donor = try row["donor_id"]
        donorKind = try row["donor_kind"]
        donorName = try row["donor_name"]
        acquisition = try row["acquisition"]
        promisedOn = try row["promised_on"]
        receivedOn = try row["received_on"]
        promisedUnits = try row["promised_units"]
        receivedUnits = try row["received_units"]
        devices = try row["devices"]
    }

    public func shownDonor(in language: Language) -> String {
        donorName.isEmpty ? donorKind.name(in: language) : donorName
    }

    static let columns: SQL = """
        b.id, b.code, h.name as shop, b.donor_id, d.kind as donor_kind,
        coalesce(nullif(d.name, ''), c.person_name, '') as donor_name, b.acquisition, b.promised_on,
        (select max(received_on) from deliveries r where r.batch_id = b.id) as received_on,
        (select coalesce(sum(units), 0) from batch_promises p where p.batch_id = b.id) as promised_units,
        (select coalesce(sum(units), 0) from deliveries r join delivery_lines l on l.delivery_id = r.id
         where r.batch_id = b.id) as received_units,
        (select count(*) from batch_devices k where k.batch_id = b.id) as devices
        """

    static let joins: SQL = """
        join shops h on h.id = b.shop_id join donors d on d.id = b.donor_id
        left join donor_cards c on c.donor_id = d.id
        """
}

extension Store {
    /// Lots, the last written down first.
    /// - Parameters:
    ///   - reach: the shops that they were promised to.
    ///   - after: the last part's `next`.
    public func batches(
        of donor: ID<Donor>? = nil,
        stage: BatchStage? = nil,
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<BatchRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<Batch>($0) }
        return try await transaction { tx in
            var conditions: SQL =
                "(\(last)::uuid is null or b.id < \(last)) and \(reach.condition("b.shop_id"))"
            if let donor { conditions = "\(conditions) and b.donor_id = \(donor)" }
            if let stage {
                let received: SQL = "exists (select from deliveries r where r.batch_id = b.id)"
                conditions =
                    stage == .received
                    ? "\(conditions) and \(received)" : "\(conditions) and not \(received)"
            }
            let rows = try tx.query(
                """
                select \(BatchRow.columns) from batches b \(BatchRow.joins)
                where \(conditions) order by b.id desc limit \(limit + 1)
                """
            )
            var lots = try rows.map { try BatchRow($0) }
            let counts = try Dictionary(
                grouping: tx.query(BatchCard.Yield.counts(of: "b.id = any(\(lots.map(\.id)))"))
            ) { row -> ID<Batch> in try row["batch_id"] }
            for index in lots.indices {
                lots[index].yield = try counts[lots[index].id].map { try BatchCard.Yield($0) }
            }
            return Paged(lots, limit: limit) { $0.id.text }
        }
    }
}
