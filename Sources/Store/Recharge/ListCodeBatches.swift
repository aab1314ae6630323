import Postgres
public import Shop

/// A batch of codes as lists show it.
public struct CodeBatchRow: Hashable, Sendable, Codable {
    public let id: ID<CodeBatch>
    public let code: String
    public let shop: String
    public let product: String
    public let nameFr: String
    public let nameEn: String
    public let slip: String
    public let units: Int
    public let faceValue: Cents
    /// How many may still be sold.
    public let free: Int
    /// The first day on which one of these expires; nil where none does.
    public let firstExpiry: Day?
    public let stage: CodeBatchStage
    public let importedAt: Instant
    /// Who took it in, as the journal says them.
    public let importedBy: String

    public func name(in language: Language) -> String { language.choose(nameFr, nameEn) }

    enum CodingKeys: String, CodingKey {
        case id, code, shop, product
        case nameFr = "name_fr"
        case nameEn = "name_en"
        case slip, units
        case faceValue = "face_value_cents"
        case free
        case firstExpiry = "first_expiry"
        case stage
        case importedAt = "imported_at"
        case importedBy = "imported_by"
    }

    init(_ row: Row) throws {
        id = try row["id"]
        code = try row["code"]
        shop = try row["shop"]
        product = try row["product"]
        nameFr = try row["name_fr"]
        nameEn = try row["name_en"]
        slip = try row["slip"]
        units = try row["units"]
        faceValue = try row["face_cents"]
        free = try row["free"]
        firstExpiry = try row["first_expiry"]
        stage = try row["ended"] ?? .waiting
        importedAt = try row["recorded_at"]
        importedBy = try row["operator"]
    }

    static let columns: SQL = """
        b.id, b.code, h.name as shop, p.code as product, p.name_fr, p.name_en, b.slip, b.units, b.face_cents, b.recorded_at,
        u.operator, e.kind as ended, f.free, f.first_expiry
        """

    /// What is free is asked of each batch of the page alone.
    static func joins(on day: Day) -> SQL {
        """
        join shops h on h.id = b.shop_id join products p on p.id = b.product_id join users u on u.id = b.recorded_by
        left join code_batch_ends e on e.batch_id = b.id
        left join lateral (
            select count(*)::int as free, min(f.expires_on) filter (where f.expires_on < 'infinity') as first_expiry
            from free_codes f where f.batch_id = b.id and f.expires_on >= \(day)) f on true
        """
    }
}

/// Everything that a batch's page shows.
public struct CodeBatchCard: Hashable, Sendable, Codable {
    public let batch: CodeBatchRow
    public let shop: ID<Shop>
    public let operatorName: String
    public let format: String
    public let fileName: String
    /// Codes that a ticket took, and of these what somebody was shown and what was refunded as disputed.
    public let sold: Int
    public let shown: Int
    public let disputed: Int
    /// Free no more, though nobody took them: their day has passed.
    public let expired: Int
    /// Did not open when they were to be shown.
    public let broken: Int
    public let decided: Decision?

    public struct Decision: Hashable, Sendable, Codable {
        public let at: Instant
        public let operatorCode: String
        /// Empty for an approval.
        public let motive: String
    }
}

extension Store {
    /// Batches of codes, the last taken in first. `after` is the last part's `next`.
    public func codeBatches(
        stage: CodeBatchStage? = nil,
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<CodeBatchRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<CodeBatch>($0) }
        let staged: SQL =
            switch stage {
            case nil: "true"
            case .waiting: "e.kind is null"
            case let stage?: "e.kind = \(stage)"
            }
        let day = today
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select \(CodeBatchRow.columns) from code_batches b \(CodeBatchRow.joins(on: day))
                where (\(last)::uuid is null or b.id < \(last)) and \(reach.condition("b.shop_id")) and \(staged)
                order by b.id desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try CodeBatchRow($0) }, limit: limit) { $0.id.text }
        }
    }

    /// Throws `rechargeBatchUnknown`, also for one of a shop outside `reach`.
    public func codeBatch(
        _ code: CodeBatchCode,
        in reach: Reach = .everyShop
    ) async throws -> CodeBatchCard {
        let day = today
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select \(CodeBatchRow.columns), b.shop_id, p.operator as carrier, b.format, b.file_name,
                       e.ended_at, w.operator as ended_by,
                       coalesce(e.motive, '') as motive, s.sold, s.shown, s.disputed, s.expired,
                       (select count(distinct a.code_id)::int from code_alarms a join recharge_codes c on c.id = a.code_id
                        where c.batch_id = b.id) as broken
                from code_batches b \(CodeBatchRow.joins(on: day)) left join users w on w.id = e.ended_by
                cross join lateral (
                    select count(x.code_id)::int as sold,
                           (count(*) filter (where x.code_id is not null and exists (
                                select from code_reveals r where r.code_id = x.code_id and r.ordinal = x.ordinal)))::int as shown,
                           (count(*) filter (where x.code_id is not null and exists (
                                select from code_disputes q where q.code_id = x.code_id and q.ordinal = x.ordinal)))::int
                                as disputed,
                           (count(*) filter (where x.code_id is null and c.expires_on < \(day)))::int as expired
                    from recharge_codes c left join code_exits x on x.code_id = c.id and not exists (
                        select from code_returns r where r.code_id = x.code_id and r.ordinal = x.ordinal)
                    where c.batch_id = b.id) s
                where b.code = \(code.description) and \(reach.condition("b.shop_id"))
                """
            )
            guard let row = rows.first else { throw CodeBatch.unknown(code.description) }
            let endedAt: Instant? = try row["ended_at"]
            return CodeBatchCard(
                batch: try CodeBatchRow(row),
                shop: try row["shop_id"],
                operatorName: try row["carrier"],
                format: try row["format"],
                fileName: try row["file_name"],
                sold: try row["sold"],
                shown: try row["shown"],
                disputed: try row["disputed"],
                expired: try row["expired"],
                broken: try row["broken"],
                decided: try endedAt.map { at in
                    CodeBatchCard.Decision(
                        at: at,
                        operatorCode: try row["ended_by"],
                        motive: try row["motive"]
                    )
                }
            )
        }
    }
}
