import Crypto
import Foundation
import Postgres
public import Shop

/// A signed sheet that was attached to a session.
public struct SheetAttached: Hashable, Sendable, Codable {
    public let session: ID<Session>
    public let sheet: ID<SignedSheet>
    public let kind: SignedSheet.Kind
    public let sha256: String
    public let attachedAt: Instant
    /// The name of who attached it.
    public let attachedBy: String
}

extension Transaction {
    /// One more signed sheet beside those that are kept. Whoever asks has locked what they hang on. Throws `sheetsTooMany`.
    func checkRoom(forSheetAmong kept: SQL, on day: Day) throws {
        let most = try number("signed_sheets_most", on: day)
        let count: Int = try query("select count(*) as count from \(kept)")[0]["count"]
        guard count < most else {
            throw Refusal(.sheetsTooMany, ["most": .number(Int64(most))])
        }
    }
}

extension Store {
    /// Keeps a signed sheet with its session: from then on the attendance is frozen.
    /// Throws `sessionUnknown`, `sheetAttached` for the same file twice, `sheetsTooMany`.
    public func attachSheet(
        _ sheet: SignedSheet,
        to session: ID<Session>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> SheetAttached {
        struct Input: Encodable, Sendable {
            let session: ID<Session>
            let sha256: String
        }
        let id: ID<SignedSheet> = newID()
        let content = Data(sheet.bytes)
        let digest = Data(SHA256.hash(data: content))
        let input = Input(session: session, sha256: hexadecimal(digest))
        return try await command("attach-sheet", key: key, input: input, by: staff) { tx, now in
            let held = try tx.held(session, in: staff.reach(.courseKeepers))
            try tx.lockRun(held.run)
            try tx.checkRoom(
                forSheetAmong: "session_sheets where session_id = \(session)",
                on: now.day
            )
            try tx.execute(
                """
                insert into session_sheets (id, session_id, kind, content, digest, attached_at, attached_by)
                values (\(id), \(session), \(sheet.kind), \(content), \(digest), \(now), \(staff.id))
                """
            )
            return SheetAttached(
                session: session,
                sheet: id,
                kind: sheet.kind,
                sha256: input.sha256,
                attachedAt: now,
                attachedBy: staff.name
            )
        }
    }

    /// The sheets of a session, the first attached first. Throws `sessionUnknown`.
    public func sheets(
        of session: ID<Session>,
        in reach: Reach = .everyShop
    ) async throws -> [SheetAttached] {
        try await transaction { tx in
            let held = try tx.held(session, in: reach)
            return try tx.sheets(of: held.run).filter { $0.session == session }
        }
    }

    /// A sheet as it was attached. Throws `sessionUnknown`, `sheetUnknown`.
    public func originalSheet(
        _ sheet: ID<SignedSheet>,
        of session: ID<Session>,
        in reach: Reach = .everyShop
    ) async throws -> SignedSheet {
        try await transaction { tx in
            _ = try tx.held(session, in: reach)
            let rows = try tx.query(
                "select content from session_sheets where id = \(sheet) and session_id = \(session)"
            )
            guard let row = rows.first else { throw Refusal(.sheetUnknown) }
            let content: Data = try row["content"]
            return try SignedSheet(bytes: Array(content))
        }
    }

    /// Corrects attendance that a signed sheet froze: an act of its own, of who answers for the shop, with a motive. What
    /// was signed stays written below it.
    /// Throws `sessionUnknown`, `roleMissing`, `attendanceTooLong`, `notEnrolled`.
    public func correctAttendance(
        _ presences: [ID<Person>: Presence],
        at session: ID<Session>,
        motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AttendanceRecorded {
        struct Input: Encodable, Sendable {
            let session: ID<Session>
            let presences: [ID<Person>: Presence]
            let motive: String
        }
        let correction: ID<AttendanceRecorded> = newID()
        let input = Input(session: session, presences: presences, motive: motive.text)
        return try await command("correct-attendance", key: key, input: input, by: staff) {
            tx,
            now in
            let held = try tx.held(session, in: staff.reach(.courseKeepers))
            guard staff.reach(.shopManagers).includes(held.shop) else {
                throw Refusal(.roleMissing, ["roles": .roles(.shopManagers)])
            }
            let enrolled = try tx.lockEnrolled(in: held.run, and: session)
            try tx.lockRun(held.run)
            var statements: [SQL] = [
                """
                insert into attendance_corrections (id, session_id, motive, corrected_at, corrected_by)
                values (\(correction), \(session), \(motive.text), \(now), \(staff.id))
                """
            ]
            statements += try presences.sorted { $0.key < $1.key }.map { person, presence in
                let written = try presence.written(of: held.minutes)
                guard let enrolment = enrolled[person] else { throw Refusal(.notEnrolled) }
                return revise(
                    session,
                    enrolment,
                    written,
                    staff.id,
                    now,
                    correction: correction
                )
            }
            let written = try tx.pipeline(statements).dropFirst().reduce(0) { $0 + $1.affected }
            return AttendanceRecorded(session: session, written: written)
        }
    }
}

extension Transaction {
    /// The sheets of a run's sessions, the first attached first, without their contents.
    func sheets(of run: ID<Run>) throws -> [SheetAttached] {
        try query(
            """
            select g.id, g.session_id, g.kind, g.digest, g.attached_at, u.name from session_sheets g
            join sessions s on s.id = g.session_id join users u on u.id = g.attached_by
            where s.run_id = \(run) order by g.attached_at, g.id
            """
        ).map { row in
            let digest: Data = try row["digest"]
            return SheetAttached(
                session: try row["session_id"],
                sheet: try row["id"],
                kind: try row["kind"],
                sha256: hexadecimal(digest),
                attachedAt: try row["attached_at"],
                attachedBy: try row["name"]
            )
        }
    }
}
