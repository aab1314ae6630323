import Postgres
public import Shop

/// A case as lists show it.
public struct AfterSalesRow: Hashable, Sendable, Codable {
    public let id: ID<AfterSalesCase>
    public let code: String
    public let label: String
    public let kind: DeviceKind
    public let maker: String
    public let model: String
    /// Where the machine was sold or given.
    public let shop: String
    public let shopCode: String
    public let symptom: DiagnosisTree.Symptom
    public let stage: AfterSalesStage
    public let openedAt: Instant
    /// When it came to where it stands.
    public let since: Instant

    init(_ row: Row) throws {
        id = try row["id"]
        code = try row["code"]
        label = try row["label"]
        kind = try row["kind"]
        maker = try row["maker"]
        model = try row["model"]
        shop = try row["shop"]
        shopCode = try row["shop_code"]
        symptom = DiagnosisTree.Symptom(
            code: try row["symptom"],
            french: try row["name_fr"],
            english: try row["name_en"],
            firstQuestion: try row["first_question"]
        )
        stage = try row["stage"]
        openedAt = try row["opened_at"]
        since = try row["since"]
    }

    /// What `init` reads, of cases `c`.
    static let columns: SQL = """
        c.id, c.code, d.label, d.kind, d.maker, d.model, h.name as shop, h.code as shop_code,
        c.symptom, f.name_fr, f.name_en, f.first_question,
        coalesce(e.kind, p.kind, 'announced') as stage, c.opened_at, coalesce(e.ended_at, p.happened_at, c.opened_at) as since
        """

    static let joins: SQL = """
        join devices d on d.id = c.device_id
        join stays y on y.device_id = c.device_id and y.ordinal = c.stay_ordinal
        join shops h on h.id = y.shop_id
        join diagnosis_symptoms f on f.tree_on = c.tree_on and f.symptom = c.symptom
        left join after_sales_ends e on e.device_id = c.device_id and e.ordinal = c.ordinal
        left join lateral (select kind, happened_at from after_sales_steps p where p.case_id = c.id
                           order by p.ordinal desc limit 1) p on true
        """
}

/// A machine that was sold or given, as after-sales needs to know it.
public struct HandedOverDevice: Hashable, Sendable, Codable {
    public let label: String
    public let kind: DeviceKind
    public let maker: String
    public let model: String
    public let serial: String
    public let shop: String
    public let receipt: String
    public let isGift: Bool
    public let at: Instant
    /// Who sold it, as the journal says it.
    public let operatorCode: String
    /// What may be printed of whoever has it; nil where nobody was named.
    public let person: String?
    public let paid: Cents
    /// As the ticket says.
    public let guaranteeEndsOn: Day
    /// Longer by every repair.
    public let guaranteedUntil: Day
    /// Nil for a gift.
    public let presumptionEndsOn: Day?
    /// Its open case; nil when it has none.
    public let openCase: String?

    enum CodingKeys: String, CodingKey {
        case label, kind, maker, model, serial, shop, receipt
        case isGift = "gift"
        case at, operatorCode, person
        case paid = "paid_cents"
        case guaranteeEndsOn, guaranteedUntil, presumptionEndsOn, openCase
    }

    init(_ row: Row) throws {
        label = try row["label"]
        kind = try row["kind"]
        maker = try row["maker"]
        model = try row["model"]
        serial = try row["serial"]
        shop = try row["shop"]
        let ticket: TicketKind = try row["ticket"]
        isGift = ticket == .gift
        receipt =
            ReceiptCode(till: try row["till"], kind: ticket.receipt, number: try row["number"]).text
        at = try row["sold_at"]
        operatorCode = try row["operator"]
        person = try row["person"]
        paid = try row["person_cents"]
        guaranteeEndsOn = try row["guarantee_ends_on"]
        guaranteedUntil = try row["guaranteed_until"]
        presumptionEndsOn = try row["presumption_ends_on"]
        openCase = try row["open_case"]
    }

    /// What `init` reads, of exits `x` by a ticket.
    static let columns: SQL = """
        d.label, d.kind, d.maker, d.model, d.serial, h.name as shop, s.kind as ticket, t.code as till, s.number, s.sold_at,
        s.operator, n.code as person, l.person_cents, l.guarantee_ends_on,
        guaranteed_until(x.device_id, x.ordinal) as guaranteed_until, l.presumption_ends_on,
        \(LastStay.openCase) as open_case
        """

    static let joins: SQL = """
        join devices d on d.id = x.device_id
        join sale_lines l on l.sale_id = x.sale_id and l.device_id = x.device_id
        join sales s on s.id = x.sale_id join tills t on t.id = s.till_id join shops h on h.id = s.shop_id
        left join persons n on n.id = person_now(s.person_id)
        """
}

/// Everything that a case's page shows.
public struct AfterSalesCard: Sendable, Codable {
    public let row: AfterSalesRow
    public let device: HandedOverDevice
    /// Whether the machine was taken in.
    public let isHere: Bool
    public let coverage: Coverage
    /// What can be done next, the first of them proposed.
    public let acts: [AfterSalesAct]
    /// The questions and answers of the last diagnosis; empty before one.
    public let answers: [Answered]
    /// The ticket of the machine that replaces it; nil unless it was exchanged.
    public let replacement: Ticket?
    /// The refund's number; nil unless it was refunded.
    public let refund: String?
    /// The ticket that this machine replaces, still to be refunded once this one was: what was paid stands there. Nil
    /// otherwise.
    public let toRefundToo: Ticket?
    /// The first first.
    public let history: [Happened]

    enum CodingKeys: String, CodingKey {
        case row = "case"
        case device
        case isHere = "here"
        case coverage, acts, answers, replacement, refund, toRefundToo, history
    }

    public struct Ticket: Hashable, Sendable, Codable {
        public let receipt: String
        public let label: String
    }

    public struct Answered: Hashable, Sendable, Codable {
        public let french: String
        public let english: String
        public let frenchAnswer: String
        public let englishAnswer: String
        public let frenchAdvice: String
        public let englishAdvice: String
    }

    public struct Happened: Hashable, Sendable, Codable {
        public let at: Instant
        /// `announced` is the opening.
        public let stage: AfterSalesStage
        public let operatorCode: String
        /// What was done to the machine; empty where nothing is written.
        public let work: String
        /// By which the repair makes the guarantee longer.
        public let months: Int
        /// What a diagnosis came to.
        public let outcome: DiagnosisOutcome?
    }
}

/// A case whose machine this transaction has locked: what is read next is current.
struct LockedCase {
    let id: ID<AfterSalesCase>
    let device: ID<Device>
    let ordinal: Int
    let stay: Int
    let label: String
    let treeOn: Day
    let symptom: String
    let sale: ID<Sale>
    let position: Int
    let shop: ID<Shop>
    let stage: AfterSalesStage
    let isHere: Bool
    let coverage: Coverage
    /// Of its last step; 0 before any.
    let last: Int

    /// Throws `afterSalesEnded`, `afterSalesNotNow`.
    func check(_ act: AfterSalesAct) throws(Refusal) {
        guard stage.isOpen else { throw Refusal(.afterSalesEnded) }
        guard afterSalesActs(at: stage, isHere: isHere, coverage).contains(act) else {
            throw Refusal(
                .afterSalesNotNow,
                [
                    "act": .explained(
                        french: act.name(in: .french),
                        english: act.name(in: .english)
                    ),
                    "stage": .explained(
                        french: stage.name(in: .french),
                        english: stage.name(in: .english)
                    ),
                ]
            )
        }
    }

    /// The end of this case, in one of the two tables of tickets or in none.
    func end(
        _ kind: AfterSalesStage,
        sale: ID<Sale>? = nil,
        by staff: Staff,
        at now: Instant
    ) -> SQL {
        """
        insert into after_sales_ends (device_id, ordinal, kind, sale_id, ended_at, ended_by)
        values (\(device), \(ordinal), \(kind), \(sale), \(now), \(staff.id))
        """
    }

    func step(
        _ kind: AfterSalesStage,
        work: String = "",
        months: Int = 0,
        by staff: Staff,
        at now: Instant
    ) -> SQL {
        """
        insert into after_sales_steps (case_id, ordinal, kind, work, months, happened_at, recorded_by)
        values (\(id), \(last + 1), \(kind), \(work), \(months), \(now), \(staff.id))
        """
    }
}

extension LockedCase {
    /// What `init` reads, of cases `c`.
    static func read(_ condition: SQL) -> SQL {
        """
        select c.id, c.device_id, c.ordinal, c.stay_ordinal, d.label, c.tree_on, c.symptom, x.sale_id, l.position, y.shop_id,
               coalesce(e.kind, p.kind, 'announced') as stage,
               exists (select from after_sales_steps r where r.case_id = c.id and r.kind = 'received') as here,
               diagnosed_as(c.id) as outcome, c.opened_at, guaranteed_until(c.device_id, c.stay_ordinal) as guaranteed_until,
               l.presumption_ends_on, coalesce(p.ordinal, 0) as last
        from after_sales_cases c join devices d on d.id = c.device_id
        join stays y on y.device_id = c.device_id and y.ordinal = c.stay_ordinal
        join exits x on x.device_id = c.device_id and x.ordinal = c.stay_ordinal
        join sale_lines l on l.sale_id = x.sale_id and l.device_id = c.device_id
        left join after_sales_ends e on e.device_id = c.device_id and e.ordinal = c.ordinal
        left join lateral (select ordinal, kind from after_sales_steps p where p.case_id = c.id
                           order by p.ordinal desc limit 1) p on true
        where \(condition)
        """
    }

    init(_ row: Row) throws {
        id = try row["id"]
        device = try row["device_id"]
        ordinal = try row["ordinal"]
        stay = try row["stay_ordinal"]
        label = try row["label"]
        treeOn = try row["tree_on"]
        symptom = try row["symptom"]
        sale = try row["sale_id"]
        position = try row["position"]
        shop = try row["shop_id"]
        stage = try row["stage"]
        isHere = try row["here"]
        coverage = try Coverage(row)
        last = try row["last"]
    }
}

extension Coverage {
    init(_ row: Row) throws {
        let opened: Instant = try row["opened_at"]
        self.init(
            outcome: try row["outcome"],
            openedOn: opened.day,
            guaranteeEndsOn: try row["guaranteed_until"],
            presumptionEndsOn: try row["presumption_ends_on"]
        )
    }
}

extension Transaction {
    /// Locks the machine of this case, then reads the case in a later statement. Throws `afterSalesUnknown`, for a case of a
    /// shop where `staff` keeps no after-sales as for one that is not there.
    func lockCase(_ code: AfterSalesCode, for staff: Staff) throws -> LockedCase {
        let rows = try pipeline([
            """
            select id from devices where id = (select device_id from after_sales_cases where code = \(code.description))
            for no key update
            """,
            LockedCase.read("c.code = \(code.description)"),
        ])
        guard let row = rows[1].first,
            staff.holds(anyOf: .afterSalesKeepers, in: try row["shop_id"])
        else { throw Refusal.unknownCase(code.description) }
        return try LockedCase(row)
    }
}
