import Foundation
import Shop
import Store

@testable import Till

extension Samples {
    static let overrideChoices = OverrideChoices(
        motives: [
            OverrideMotive(
                code: "separation",
                french: "Séparation du foyer",
                english: "The household has separated"
            )
        ],
        today: Day(iso: "2026-11-23")!,
        last: Day(iso: "2026-11-30")!
    )

    /// One of each state, in the middle of a list that is chosen from; and none.
    static func overrides(_ words: Words) -> [any Page] {
        let rows = OverrideRow.State.allCases.map { state in
            OverrideRow(
                id: ID(UUID()),
                grantedAt: Instant(microseconds: 1_795_356_300_000_000),
                shop: "LI",
                till: "LI1",
                person: "P-72D3BX",
                rule: "computer-per-household",
                units: state == .expired ? 0 : 1,
                cents: state == .expired ? Cents(unchecked: 500) : .zero,
                motive: "separation",
                motiveWords: "Séparation du foyer",
                grantedBy: "RESP",
                askedBy: "LINA",
                expiresOn: Day(iso: "2026-11-23")!,
                state: state,
                receipt: state == .used ? "LI1-V-000042" : nil
            )
        }
        var draft = Draft(Form(encoded: "from=hier&motive=separation"))
        _ = draft.read("from") { text throws(Refusal) in
            try Day(typed: text, field: .startsOn)
        }
        return [
            OverridesPage(
                words,
                Paged(items: rows, next: "next"),
                draft,
                shops: [],
                choices: overrideChoices,
                rules: [],
                after: "after",
                mayOpen: { _ in true }
            ),
            OverridesPage(
                words,
                Paged(items: rows, next: nil),
                Draft(),
                shops: [],
                choices: overrideChoices,
                rules: [],
                after: nil,
                mayOpen: { _ in false }
            ),
            OverridesPage(
                words,
                Paged(items: [], next: nil),
                Draft(),
                shops: [],
                choices: overrideChoices,
                rules: [],
                after: nil,
                mayOpen: { _ in false }
            ),
        ]
    }
}
