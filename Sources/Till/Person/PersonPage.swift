import Shop
import Store

/// A person: rights and limits today, household, vouchers, courses, tickets, and what identifies them.
struct PersonPage: Page {
    static let template = "person"

    let key: String
    let path: String
    let name: String
    let code: String
    let facts: [Line]
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    /// Why nothing is open today; nil when something is.
    let nothing: RefusalCard?
    /// No voucher and no finished course: nothing was refused, nothing was ever opened.
    let isWithoutRight: Bool
    let rights: [RightLine]
    let quotas: [QuotaLine]
    /// What was said to the privacy notice: agreed, refused, or not asked yet.
    let notice: Tag
    let noticeSaid: String
    let told: Choice
    let isRefusing: Bool
    let isNameKept: Bool
    /// Other files that look like this one.
    let likely: [PersonsPage.Row]
    let isLikelyTwice: Bool
    /// Where two files become one; nil for whoever may not.
    let merge: String?
    let household: [PersonsPage.Row]
    let livesAlone: Bool
    let livesWith: Field
    let vouchers: [VoucherLine]
    let newVoucher: String
    let courses: [CourseLine]
    let hasCourses: Bool
    let tickets: [TicketLine]
    let hasTickets: Bool
    /// Who is expected and was received at the help desk: the next appointments, the last visits.
    let desk: [DeskLine]
    let hasDesk: Bool
    let book: String
    let receive: String
    let familyName: Field
    let givenName: Field
    let phone: Field
    let language: Choice
    let birthYear: Field
    let quarter: Field
    let structure: Listed
    /// The form that was sent stays open when something in it is wrong.
    let isIdentityOpen: Bool
    let isFactsOpen: Bool

    struct Line: Sendable {
        let label: String
        let value: String
    }
    struct RightLine: Sendable {
        let category: String
        let until: String
        let left: String
        let origin: String
    }
    struct QuotaLine: Sendable {
        let sentence: String
        let used: String
        let next: String
    }
    struct VoucherLine: Sendable {
        let path: String
        let code: String
        let structure: String
        let dates: String
        let status: Tag
    }
    struct CourseLine: Sendable {
        let run: String
        let path: String
        let enrolled: String
        let completed: String
    }
    struct DeskLine: Sendable {
        let path: String
        let day: String
        let words: String
        let state: String
    }
    struct TicketLine: Sendable {
        let path: String
        let receipt: String
        let on: String
        let words: String
        let paid: String
        let back: String
    }

    static let fields: Set<String> = [
        "family_name", "given_name", "phone", "language", "birth_year", "quarter", "structure",
        "lives_with", "told",
    ]

    init(
        _ words: Words,
        _ card: PersonCard,
        _ standing: StandingAnswer,
        today: Day,
        structures: [StructureRow],
        likely: [PersonRow] = [],
        appointments: [AppointmentRow] = [],
        visits: [VisitRow] = [],
        mayMerge: Bool = false,
        _ draft: Draft,
        key: String
    ) {
        let spoken = words.language
        let person = card.person
        self.key = key
        path = "/persons/\(person.code)"
        name = person.name
        code = person.code
        facts = Self.facts(words, card)
        mistakes = draft.mistakes(in: spoken, fields: Self.fields)
        refusal = draft.card(in: spoken, fields: Self.fields)
        isWithoutRight = standing.refusal?.reason == .rightMissing
        nothing = isWithoutRight ? nil : standing.refusal.map { RefusalCard($0, in: spoken) }
        rights = standing.rights.map { RightLine($0, words) }
        quotas = standing.quotas.map { QuotaLine($0, words) }
        notice = Tag(card.notice, words)
        noticeSaid =
            card.notice.map { answer in
                words(
                    "notice_said",
                    [
                        "day": answer.answeredOn.printed, "how": answer.told.name(in: spoken),
                        "version": answer.noticeOn.printed,
                    ]
                )
            } ?? ""
        told = Choice(
            .told,
            draft,
            in: spoken,
            options: NoticeTold.allCases.map { (value: $0.rawValue, words: $0.name(in: spoken)) },
            chosen: NoticeTold.spoken.rawValue
        )
        isRefusing = draft.error("told", in: spoken) != nil
        isNameKept = card.notice?.accepted ?? true
        self.likely = likely.map(PersonsPage.Row.init)
        isLikelyTwice = !likely.isEmpty
        merge =
            mayMerge
            ? "\(path)/merge" + (likely.first.map { "?with=\($0.code)" } ?? "") : nil
        household = card.livesWith.map(PersonsPage.Row.init)
        livesAlone = card.livesWith.isEmpty
        livesWith = Field(
            FieldName("lives_with", words("person_lives_with"), words("person_lives_with")),
            draft,
            in: spoken,
            hint: words("person_lives_with_hint")
        )
        vouchers = card.vouchers.map { VoucherLine($0, words, today: today) }
        newVoucher = "/vouchers/new?person=\(person.code)"
        courses = card.courses.map {
            CourseLine(
                run: $0.run,
                path: "/runs/\($0.run)",
                enrolled: $0.enrolledOn.printed,
                completed: $0.completedOn?.printed ?? words("person_course_goes_on")
            )
        }
        hasCourses = !courses.isEmpty
        tickets = card.tickets.map { TicketLine($0, words) }
        hasTickets = !tickets.isEmpty
        desk = appointments.map { DeskLine($0, words) } + visits.map { DeskLine($0, words) }
        hasDesk = !desk.isEmpty
        book = "/help-desk/appointments/new?person=\(person.code)"
        receive = "/help-desk/visits/new?person=\(person.code)"
        familyName = Field(.familyName, draft, in: spoken, value: person.familyName)
        givenName = Field(
            .givenName,
            draft,
            in: spoken,
            value: person.givenName,
            isRequired: false
        )
        phone = Field(
            .phone,
            draft,
            in: spoken,
            value: Phone.printed(person.phone),
            type: "tel",
            isRequired: false
        )
        language = Choice(
            .language,
            draft,
            in: spoken,
            options: Self.languages(card.language, in: spoken),
            chosen: card.language
        )
        birthYear = Field(
            .birthYear,
            draft,
            in: spoken,
            value: person.birthYear.map(String.init),
            hint: words("person_born_hint"),
            isRequired: false
        )
        quarter = Field(.quarter, draft, in: spoken, value: person.quarter, isRequired: false)
        structure = Listed(
            Field(.structure, draft, in: spoken, value: person.structure, isRequired: false),
            choices: structures.map(\.name)
        )
        isIdentityOpen = !draft.isFine && draft.form["family_name"] != nil
        isFactsOpen = !draft.isFine && draft.form["birth_year"] != nil
    }

    private static func facts(_ words: Words, _ card: PersonCard) -> [Line] {
        let person = card.person
        return [
            ("person_phone", Phone.printed(person.phone)),
            ("person_born", person.birthYear.map(String.init) ?? ""),
            ("person_quarter", person.quarter),
            ("person_structure", person.structure ?? ""),
            ("person_language", SpokenLanguage.name(of: card.language, in: words.language)),
            ("person_merged", card.mergedCodes.joined(separator: ", ")),
        ].filter { !$0.1.isEmpty }.map { Line(label: words($0.0), value: $0.1) }
    }
}

extension PersonPage.RightLine {
    init(_ left: StandingAnswer.RightLeft, _ words: Words) {
        let right = left.right
        category = right.category.name(in: words.language)
        until = right.endsOn.printed
        self.left =
            left.usesLeft.map { words.counted("person_left", $0) } ?? words("person_left_any")
        switch right.origin {
        case .voucher(let voucher): origin = words("person_by_voucher", ["code": voucher.code])
        case .completion(_, let code, _): origin = words("person_by_completion", ["code": code])
        }
    }
}

extension PersonPage.QuotaLine {
    init(_ quota: QuotaStanding, _ words: Words) {
        let language = words.language
        sentence = quota.rule.sentence(in: language)
        used =
            quota.rule.unitsMax.map { "\(quota.usedUnits)\u{A0}/\u{A0}\($0)" }
            ?? Written.cents(quota.usedValue, in: language)
            + (quota.rule.centsMax.map { "\u{A0}/\u{A0}" + Written.cents($0, in: language) } ?? "")
        next = quota.nextOn.map { words("person_quota_next", ["day": $0.printed]) } ?? ""
    }
}

extension PersonPage.VoucherLine {
    init(_ voucher: VoucherRow, _ words: Words, today: Day) {
        path = "/vouchers/\(voucher.code)"
        code = VoucherPage.printed(voucher.code)
        structure = voucher.structure
        dates = "\(voucher.signedOn.printed) → \(voucher.validUntil.printed)"
        status = Tag(voucher, words, today: today)
    }
}

extension PersonPage.DeskLine {
    fileprivate init(_ row: AppointmentRow, _ words: Words) {
        path = "/help-desk/appointments/\(row.id)"
        day = "\(row.plannedOn.printed), \(row.hours)"
        self.words = row.kind.name(in: words.language)
        state = row.state.name(in: words.language)
    }

    fileprivate init(_ row: VisitRow, _ words: Words) {
        path = "/help-desk/visits/\(row.id)"
        day = row.heldOn.printed
        self.words =
            "\(row.kind.name(in: words.language)), "
            + row.themes.map { $0.words(in: words.language) }.joined(separator: ", ")
        state = row.takenBackFor?.name(in: words.language) ?? ""
    }
}

extension PersonPage.TicketLine {
    init(_ ticket: PersonTicket, _ words: Words) {
        path = "/receipts/\(ticket.receipt)"
        receipt = ticket.receipt
        on = ticket.on.printed
        self.words = ticket.words(in: words.language)
        paid = Written.cents(ticket.paidCents, in: words.language)
        back = ticket.unitsBack > 0 ? words("person_came_back") : ""
    }
}

extension Tag {
    /// What a person said to the privacy notice.
    fileprivate init(_ answer: NoticeAnswer?, _ words: Words) {
        switch answer {
        case nil: self.init(tone: "warning", icon: "clock", words: words("notice_not_asked"))
        case let answer? where !answer.accepted:
            self.init(tone: "refused", icon: "silent", words: words("notice_refused"))
        case let answer? where !answer.isCurrent:
            self.init(tone: "warning", icon: "clock", words: words("notice_older"))
        case _?: self.init(tone: "done", icon: "done", words: words("notice_accepted"))
        }
    }

    /// How a voucher stands today, wherever it is shown.
    init(_ voucher: VoucherRow, _ words: Words, today: Day) {
        self.init(
            revokedOn: voucher.revokedOn,
            keyRevokedOn: voucher.keyRevokedOn,
            validUntil: voucher.validUntil,
            words,
            today: today
        )
    }

    init(
        revokedOn: Day?,
        keyRevokedOn: Day?,
        validUntil: Day,
        _ words: Words,
        today: Day
    ) {
        if revokedOn != nil {
            self.init(tone: "refused", icon: "refused", words: words("voucher_is_revoked"))
        } else if keyRevokedOn != nil {
            self.init(tone: "refused", icon: "refused", words: words("voucher_key_is_revoked"))
        } else if validUntil < today {
            self.init(tone: "warning", icon: "clock", words: words("voucher_has_lapsed"))
        } else {
            self.init(tone: "done", icon: "done", words: words("voucher_holds"))
        }
    }
}
