import HTTPTypes
import Shop
import Store

/// A till's own settings, and the sheet on which its scanner is tried.
func tillRoutes(_ store: Store) -> [Route] {
    let managers = Access.roles(.shopManagers)
    return [
        Route(.get, "/tills/{code}", for: managers, "A till's settings.") { call, context in
            try await page(of: TillCode(typed: call.piece("code")), store, context)
        },
        Route(
            .post,
            "/tills/{code}/scan-gap",
            for: managers,
            "Says how slowly the scanner at a till may type."
        ) { call, context in
            let till = try TillCode(typed: call.piece("code"))
            let form = try call.form()
            do {
                _ = try await store.setScanGap(
                    ScanGap(typed: form["gap"] ?? ""),
                    of: till,
                    key: call.key(),
                    by: context.staff
                )
                return .see("/tills/\(till.text)")
            } catch let refusal as Refusal where refusal.reason == .scanGapOutOfRange {
                return try await page(
                    of: till,
                    refusal: refusal,
                    typed: form["gap"],
                    store,
                    context
                )
            }
        },
        Route(
            .get,
            "/scanner",
            for: .everyRole,
            "What a scanner must be set to, and the codes to try it with, to print."
        ) { _, context in
            let till = try context.staff.till
            return context.page(
                try ScannerPage(
                    context.words,
                    till: till?.code,
                    gap: try await store.scanGap(at: till),
                    settings: till.flatMap {
                        context.mayOpen("/settings") ? "/tills/\($0.code)" : nil
                    }
                )
            )
        },
        Route(
            .post,
            "/api/v1/tills/{code}/scan-gap",
            for: managers,
            "Says how slowly the scanner at a till may type.",
            takes: AskedScanGap.self,
            gives: ScannerOfTill.self
        ) { call, context in
            let asked: AskedScanGap = try call.json()
            let scanner = try await store.setScanGap(
                ScanGap(milliseconds: asked.gapMs),
                of: TillCode(typed: call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(scanner, .created)
        },
    ]
}

struct AskedScanGap: Codable, Sendable {
    /// The longest pause between two characters of a scan, in milliseconds.
    let gapMs: Int
}

extension Store {
    /// What the scanner at this till needs; the usual where one stands at none.
    func scanGap(at till: TillPlace?) async throws -> Int {
        guard let till else { return ScanGap.usual.milliseconds }
        return try await scanGap(of: till.id)
    }
}

private func page(
    of code: TillCode,
    refusal: Refusal? = nil,
    typed: String? = nil,
    _ store: Store,
    _ context: Context
) async throws -> Answer {
    let reach = try context.reach(.shopManagers)
    let tills = try await store.tills(in: try ShopCode(typed: code.shop), within: reach)
    guard let till = tills.first(where: { $0.code == code.text }) else {
        throw Refusal(.unknownThing, ["text": .text(code.text)])
    }
    return context.page(
        TillSettingsPage(
            context.words,
            till,
            key: store.newID(),
            refusal: refusal.map { RefusalCard($0, in: context.language) },
            typed: typed
        ),
        refusal?.status ?? .ok
    )
}
