import HTTPTypes
import NIOCore
import Shop
import Store

private let writers = Access.roles(.courseKeepers)
private let managers = Access.roles(.shopManagers)

/// The signing sheet on its way to paper and back, and what may be corrected after it.
func sheetRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/sessions/{session}/sheet",
            for: writers,
            "A session's signing sheet, for paper."
        ) { call, context in
            let sheet = try await store.signingSheet(
                of: call.id("session"),
                in: context.reach(.courseKeepers)
            )
            return context.page(SigningSheetPage(context.words, sheet))
        },
        Route(
            .get,
            "/sessions/{session}/sheets/{sheet}",
            for: writers,
            "A signed sheet as it was attached."
        ) { call, context in
            let session: ID<Session> = try call.id("session")
            let sheet = try await store.originalSheet(
                call.id("sheet"),
                of: session,
                in: context.reach(.courseKeepers)
            )
            return .file(
                "emargement-\(session).\(sheet.kind.ending)",
                type: sheet.kind.rawValue,
                sheet.bytes
            )
        },
        Route(
            .post,
            "/runs/{code}/sessions/{session}/corrections",
            for: managers,
            "Corrects attendance that a signed sheet froze."
        ) { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let (run, session): (RunCode, ID<Session>) = (
                    try RunCode(typed: call.piece("code")), try call.id("session")
                )
                _ = try await store.correctAttendance(
                    attendance(form),
                    at: session,
                    motive: ShortText(
                        typed: form["correction_motive"] ?? "",
                        field: .motive,
                        most: 500
                    ),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(run.text)?session=\(session)&done=attendance#attendance")
            }
        },
        Route(
            .get,
            "/api/v1/sessions/{session}/sheets",
            for: writers,
            "The signed sheets of a session, without their contents.",
            gives: Listing<SheetAttached>.self
        ) { call, context in
            try .json(
                Listing(
                    try await store.sheets(
                        of: call.id("session"),
                        in: context.reach(.courseKeepers)
                    )
                )
            )
        },
        Route(
            .post,
            "/api/v1/sessions/{session}/sheets",
            for: writers,
            "Attaches a signed sheet, which freezes the attendance; the body is the file as it is: PDF, JPEG or PNG.",
            gives: SheetAttached.self,
            bodyMost: SignedSheet.bytesMost
        ) { call, context in
            let attached = try await store.attachSheet(
                SignedSheet(bytes: Array(call.body.readableBytesView)),
                to: call.id("session"),
                key: call.key(),
                by: context.staff
            )
            return try .json(attached, .created)
        },
        Route(
            .post,
            "/api/v1/sessions/{session}/corrections",
            for: managers,
            "Corrects attendance that a signed sheet froze, with a motive.",
            takes: AskedCorrection.self,
            gives: AttendanceRecorded.self
        ) { call, context in
            let asked: AskedCorrection = try call.json()
            let recorded = try await store.correctAttendance(
                store.presences(asked.attendance),
                at: call.id("session"),
                motive: ShortText(typed: asked.motive, field: .motive, most: 500),
                key: call.key(),
                by: context.staff
            )
            return try .json(recorded, .created)
        },
    ]
}

struct AskedCorrection: Codable, Sendable {
    let motive: String
    let attendance: [AskedPresence]
}
