import Foundation
import Shop

@testable import Store
@testable import Till

extension Samples {
    private static let shop = Workplace(id: ID(UUID()), code: "LI", name: "Lille")
    private static let shops = Workplaces(
        all: [shop, Workplace(id: ID(UUID()), code: "RO", name: "Roubaix")],
        current: shop,
        first: shop
    )
    private static let day = Day(iso: "2026-11-23")!

    static func expected(
        _ kind: AppointmentKind,
        _ state: AppointmentState,
        on day: Day = Samples.day
    ) -> AppointmentRow {
        AppointmentRow(
            id: ID(UUID()),
            shop: "LI",
            kind: kind,
            plannedOn: day,
            startsAt: TimeOfDay(minutes: 600)!,
            minutes: 45,
            person: "P-72D3BX",
            name: "Amina Benali",
            receiver: state == .open ? "vente" : nil,
            receiverOperator: state == .open ? "VE1" : nil,
            state: state,
            motive: state == .cancelled ? .person : nil,
            visit: state == .came && kind != .sale ? ID(UUID()) : nil,
            moves: state == .missed ? 2 : 0
        )
    }

    static func received(named: Bool, takenBack: Bool) -> VisitRow {
        VisitRow(
            id: ID(UUID()),
            shop: "LI",
            kind: named ? .visit : .diagnostic,
            heldOn: day,
            recordedAt: Instant(microseconds: 1_795_356_300_000_000),
            minutes: 40,
            person: named ? "P-72D3BX" : nil,
            name: named ? "Amina Benali" : nil,
            themes: [.init(code: "email", fr: "Courriel", en: "Email")],
            autonomy: named ? .partly : nil,
            redirection: named ? .init(code: "autre", fr: "Autre", en: "Elsewhere") : nil,
            ledBy: "VE1",
            voucher: named ? "400000000006" : nil,
            appointment: nil,
            takenBackAt: takenBack ? Instant(microseconds: 1_795_356_400_000_000) : nil,
            takenBackFor: takenBack ? .slip : nil,
            takenBackBy: takenBack ? "VE1" : nil
        )
    }

    private static let codes = [
        HelpDeskCode(
            list: .theme,
            code: "email",
            startsOn: Day(0),
            french: "Courriel",
            english: "Email"
        ),
        HelpDeskCode(
            list: .theme,
            code: "fax",
            startsOn: Day(0),
            french: "Fax",
            english: "Fax",
            isWithdrawn: true
        ),
        HelpDeskCode(
            list: .redirection,
            code: "autre",
            startsOn: day.adding(days: 9),
            french: "Autre",
            english: "Elsewhere"
        ),
    ]
    private static let receivers = [Facilitator(login: "vente", name: "Maëlle Dubreuil")]

    static func helpDesk(_ words: Words) throws -> [any Page] {
        let key = ID<Claim>(UUID()).text
        var wrong = Draft(Form(encoded: "person=P-72D3BX&themes=email&minutes=0&withdrawn=yes"))
        for name in ["who", "person", "kind", "minutes", "planned_on", "list"] {
            _ = wrong.read(name) { text throws(Refusal) in
                try number(typed: text, field: FieldName(name, name, name), in: 1...480)
            }
        }
        wrong.refuse(Refusal(.fieldMissing).about(.themes))
        wrong.refuse(Refusal(.appointmentUnknown))
        var motive = Draft()
        _ = motive.read("motive") { text throws(Refusal) in
            try TakeBackMotive(typed: text, field: .motive)
        }
        motive.refuse(Refusal(.visitTakenBack))
        let open = expected(.visit, .open)
        let rows = AppointmentKind.allCases.flatMap { kind in
            AppointmentState.allCases.map { expected(kind, $0) }
        }
        return [
            day(words, rows, isFirst: false, next: "next", key),
            day(words, [], isFirst: true, next: nil, key),
            DayPrintPage(words, on: day, shop: shop, rows),
            DayPrintPage(words, on: day, shop: shop, []),
            visit(words, nil, [try stranger()], wrong, key),
            visit(words, open, [], Draft(), key),
            VisitPage(words, received(named: true, takenBack: false), motive, key: key),
            VisitPage(words, received(named: false, takenBack: true), key: key),
            appointment(words, [try stranger()], wrong, key),
            appointment(words, [], Draft(), key),
            HelpDeskCodesPage(
                words,
                codes,
                today: day,
                mayWrite: true,
                changing: "theme.email",
                wrong,
                key: key
            ),
            HelpDeskCodesPage(words, [], today: day, mayWrite: false, key: key),
        ]
            + rows.map {
                AppointmentPage(
                    words,
                    $0,
                    today: day,
                    receivers: receivers,
                    $0.state == .open ? wrong : Draft(),
                    key: key
                )
            }
    }

    private static func day(
        _ words: Words,
        _ rows: [AppointmentRow],
        isFirst: Bool,
        next: String?,
        _ key: String
    ) -> DayPage {
        DayPage(
            words,
            on: day,
            today: isFirst ? day.adding(days: 1) : day,
            shops: shops,
            shop: shop,
            appointments: Paged(items: rows, next: next),
            visits: Paged(
                items: rows.isEmpty
                    ? []
                    : [
                        received(named: true, takenBack: false),
                        received(named: false, takenBack: false),
                        received(named: true, takenBack: true),
                    ],
                next: next
            ),
            isFirst: isFirst,
            key: key
        )
    }

    private static func visit(
        _ words: Words,
        _ expected: AppointmentRow?,
        _ found: [PersonRow],
        _ draft: Draft,
        _ key: String
    ) -> NewVisitPage {
        NewVisitPage(
            words,
            shops: shops,
            shop: shop,
            codes: codes,
            receivers: receivers,
            day: day,
            today: day,
            expected: expected,
            found: found,
            draft,
            key: key
        )
    }

    private static func appointment(
        _ words: Words,
        _ found: [PersonRow],
        _ draft: Draft,
        _ key: String
    ) -> NewAppointmentPage {
        NewAppointmentPage(
            words,
            shops: shops,
            shop: shop,
            receivers: receivers,
            day: day,
            found: found,
            draft,
            key: key
        )
    }
}
