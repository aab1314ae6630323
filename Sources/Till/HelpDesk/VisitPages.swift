import Shop
import Store

/// A visit to be written down.
struct NewVisitPage: Page {
    static let template = "visit-new"

    let key: String
    let workplace: WorkplaceBar?
    let shop: String
    let back: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    /// Of the appointment that it comes of; nil without one.
    let expected: Expected?
    let who: WhoPart?
    let kind: Choice
    let themes: [NewVoucherPage.Service]
    let themesError: String?
    let minutes: Field
    let autonomy: Choice
    let redirection: Choice
    let ledBy: Choice
    let heldOn: Field

    struct Expected: Sendable {
        let appointment: String
        let name: String
        let words: String
    }

    static let fields: Set<String> = [
        "who", "person", "kind", "themes", "minutes", "autonomy", "redirection", "led_by",
        "held_on",
    ]

    init(
        _ words: Words,
        shops: Workplaces,
        shop: Workplace,
        codes: [HelpDeskCode],
        receivers: [Facilitator],
        day: Day,
        today: Day,
        expected row: AppointmentRow? = nil,
        found: [PersonRow] = [],
        _ draft: Draft = Draft(),
        key: String
    ) {
        let spoken = words.language
        self.key = key
        workplace = WorkplaceBar(shops, shop, at: "/help-desk/visits/new?day=\(day.iso)")
        self.shop = shop.code
        back = "/help-desk?day=\(day.iso)"
        mistakes = draft.mistakes(in: spoken, fields: Self.fields)
        refusal = draft.card(in: spoken, fields: Self.fields)
        expected = row.map { row in
            Expected(
                appointment: row.id.text,
                name: row.name,
                words: "\(row.kind.name(in: spoken)), \(row.hours)"
            )
        }
        who =
            row == nil
            ? WhoPart(words, draft, value: draft.form["who"], found, isRequired: false) : nil
        kind = Choice(
            .visitKind,
            draft,
            in: spoken,
            options: VisitKind.allCases.map { ($0.rawValue, $0.name(in: spoken)) },
            chosen: (row?.kind.visit ?? .visit).rawValue
        )
        let chosen = draft.form.all("themes")
        themes = codes.offered(.theme, on: min(day, today)).map { theme in
            NewVoucherPage.Service(
                value: theme.code,
                words: theme.words(in: spoken),
                isChosen: chosen.contains(theme.code)
            )
        }
        themesError = draft.error("themes", in: spoken)
        minutes = Field(
            .minutes,
            draft,
            in: spoken,
            value: String(row?.minutes ?? 30),
            type: "number"
        )
        autonomy = Choice(
            .autonomy,
            draft,
            in: spoken,
            options: [("", words("desk_not_said"))]
                + Autonomy.allCases.map { ($0.rawValue, $0.name(in: spoken)) }
        )
        redirection = Choice(
            .redirection,
            draft,
            in: spoken,
            options: [("", words("desk_sent_nowhere"))]
                + codes.offered(.redirection, on: min(day, today)).map {
                    ($0.code, $0.words(in: spoken))
                }
        )
        ledBy = Choice(
            .ledBy,
            draft,
            in: spoken,
            options: receivers.map { ($0.login, $0.name) },
            chosen: row?.receiver ?? receivers.first?.login
        )
        heldOn = Field(.visitHeldOn, draft, in: spoken, value: min(day, today).iso, type: "date")
    }
}

/// A visit, and the way to take it back.
struct VisitPage: Page {
    static let template = "visit"

    let key: String
    let title: String
    let path: String
    let back: String
    let refusal: RefusalCard?
    let mistakes: Mistakes?
    /// Nil when nobody was asked.
    let person: Link?
    let facts: [PersonPage.Line]
    let voucher: Link?
    let takenBack: String?
    let stands: Bool
    let motive: Choice
    let isTakingBack: Bool

    struct Link: Sendable {
        let path: String
        let words: String
    }

    init(_ words: Words, _ row: VisitRow, _ draft: Draft = Draft(), key: String) {
        let spoken = words.language
        let fields: Set<String> = ["motive"]
        self.key = key
        title =
            "\(row.kind.name(in: spoken)), \(row.heldOn.printed)"
        path = "/help-desk/visits/\(row.id)"
        back = "/help-desk?day=\(row.heldOn.iso)"
        refusal = draft.card(in: spoken, fields: fields)
        mistakes = draft.mistakes(in: spoken, fields: fields)
        person = row.person.map { Link(path: "/persons/\($0)", words: row.name ?? $0) }
        facts = [
            (words("desk_minutes"), Written.minutes(row.minutes)),
            (
                FieldName.themes.label(in: spoken),
                row.themes.map { $0.words(in: spoken) }.joined(separator: ", ")
            ),
            (
                FieldName.autonomy.label(in: spoken),
                row.autonomy?.name(in: spoken) ?? words("desk_not_said")
            ),
            (
                FieldName.redirection.label(in: spoken),
                row.redirection?.words(in: spoken) ?? words("desk_sent_nowhere")
            ),
            (FieldName.ledBy.label(in: spoken), row.ledBy),
            (
                words("desk_recorded"),
                Refusal.Fact.instant(row.recordedAt).written(in: spoken)
            ),
        ].map { PersonPage.Line(label: $0.0, value: $0.1) }
        voucher = row.voucher.map {
            Link(path: "/vouchers/\($0)", words: VoucherPage.printed($0))
        }
        takenBack = row.takenBackAt.map { at in
            words(
                "desk_taken_back",
                [
                    "day": Refusal.Fact.instant(at).written(in: spoken),
                    "by": row.takenBackBy ?? "",
                    "motive": row.takenBackFor?.name(in: spoken) ?? "",
                ]
            )
        }
        stands = row.takenBackAt == nil
        motive = Choice(
            .motive,
            draft,
            in: spoken,
            options: TakeBackMotive.allCases.map { ($0.rawValue, $0.name(in: spoken)) },
            chosen: TakeBackMotive.slip.rawValue
        )
        isTakingBack = !draft.isFine
    }
}
