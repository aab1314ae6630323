import HTTPTypes
import Shop
import Store

/// The counter's page: the till.
func counterPages(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/till",
            for: .roles(.sellers),
            "The sale screen of this till; while it is locked, what unlocks it.",
            whileLocked: true
        ) { _, context in
            let isLocked = context.locked != nil
            let staff = try context.locked ?? context.staff
            // The first page asks at which till this browser stands.
            guard staff.till != nil else { return .see("/") }
            let page = try TillPage(
                context.words,
                by: staff,
                at: staff.place(),
                programmes: isLocked ? [] : try await store.programmesThatPay(),
                overrides: try await store.overrideChoices(),
                isLocked: isLocked,
                scanGap: try await store.scanGap(at: staff.till)
            )
            return context.page(page)
        }
    ]
}

extension Store {
    /// Whose agreement runs today, by code.
    fileprivate func programmesThatPay() async throws -> [TillPage.Programme] {
        try await programmes(limit: 200).items
            .filter { $0.startsOn <= today && today <= $0.endsOn }
            .map { TillPage.Programme(code: $0.code, name: $0.name) }
    }
}
