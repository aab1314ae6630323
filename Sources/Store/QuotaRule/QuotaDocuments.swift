public import Shop

/// A limit as a program reads it.
public struct QuotaDocument: Codable, Sendable {
    public let code: String
    public let startsOn: Day
    public let category: Category
    /// Absent: everything of the category.
    public let deviceKinds: [DeviceKind]?
    /// The one product that it counts, by its code; absent: everything of the category.
    public let product: String?
    public let holder: QuotaRule.Holder
    /// Absent: the calendar month, or the programme.
    public let months: Int?
    /// The programme during which it limits, by its code; absent: months.
    public let programme: String?
    public let unitsMax: Int?
    public let centsMax: Cents?
    public let origins: [Origin]
    public let exits: [TicketKind]
    public let shop: ID<Shop>?
    public let sentence: String

    public init(_ rule: QuotaRule, in language: Language) {
        code = rule.code
        startsOn = rule.startsOn
        category = rule.category
        deviceKinds = rule.machines.map { DeviceKind.allCases.filter($0.contains) }
        product = rule.product?.code
        holder = rule.holder
        months = rule.span.months
        programme = rule.span.programme
        unitsMax = rule.unitsMax
        centsMax = rule.centsMax
        origins = Origin.allCases.filter(rule.origins.contains)
        exits = TicketKind.allCases.filter(rule.kinds.contains)
        shop = rule.shop
        sentence = rule.sentence(in: language)
    }
}

/// How a limit that nobody has switched on would stand beside the others.
public struct QuotaPreviewDocument: Codable, Sendable {
    public let quota: QuotaDocument
    /// Why it cannot be switched on; absent when it can.
    public let refusal: Refusal.Told?
    /// Limits that refuse all that it would, so that it would have no say.
    public let stricter: [QuotaDocument]
    /// Limits that would have no say any more.
    public let silenced: [QuotaDocument]

    public init(_ preview: QuotaPreview, in language: Language) {
        quota = QuotaDocument(preview.rule, in: language)
        refusal = preview.refusal?.told(in: language)
        stricter = preview.stricter.map { QuotaDocument($0, in: language) }
        silenced = preview.silenced.map { QuotaDocument($0, in: language) }
    }
}

/// What a limit would have refused.
public struct RehearsedDocument: Codable, Sendable {
    public let quota: QuotaDocument
    public let from: Day
    public let to: Day
    /// What it would have looked at, and what it would have refused.
    public let judged: Rehearsal.Tally
    public let refused: Rehearsal.Tally
    /// False when it was stopped: the figures are of what was read until then.
    public let whole: Bool
    public let items: [RehearsedQuota.Line]
    public let next: String?

    public init(_ rehearsed: RehearsedQuota, in language: Language) {
        quota = QuotaDocument(rehearsed.preview.rule, in: language)
        from = rehearsed.from
        to = rehearsed.to
        judged = rehearsed.judged
        refused = rehearsed.refused
        whole = rehearsed.isWhole
        items = rehearsed.items
        next = rehearsed.next
    }
}
