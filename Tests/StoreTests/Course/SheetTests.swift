import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("The signing sheet, on paper and back (X9)")
struct SheetTests {
    private func sheet(_ text: String = "signé") throws -> SignedSheet {
        try SignedSheet(bytes: Array("%PDF-1.7 \(text)".utf8))
    }

    private func refusal(_ act: () async throws -> Void) async throws -> Reason? {
        do {
            try await act()
            return nil
        } catch let refusal as Refusal {
            return refusal.reason
        }
    }

    private func manager(_ lille: Lille) -> Staff {
        Staff(
            id: lille.staff.id,
            operatorCode: "NA",
            name: "Nadia",
            language: .french,
            firstDay: false,
            roles: [Staff.Held(role: .shopManager, shop: lille.shop)],
            till: nil
        )
    }

    @Test(
        "what is attached freezes the attendance; a manager corrects it with a motive, nobody else"
    )
    func freezes() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let session = try await lille.hold(run, module: 1, minutes: 150)
            let store = lille.at(Lille.today)
            func record(_ presence: Presence) async throws -> Reason? {
                try await refusal {
                    _ = try await store.recordAttendance(
                        [lille.bruno: presence],
                        at: session,
                        key: lille.key(),
                        by: lille.staff
                    )
                }
            }
            #expect(try await record(.seen(minutes: 100)) == nil)
            let attached = try await store.attachSheet(
                sheet(),
                to: session,
                key: lille.key(),
                by: lille.staff
            )
            #expect(attached.kind == .pdf && attached.sha256.count == 64)
            #expect(try await record(.excused) == .attendanceFrozen)
            // What changes nothing writes nothing, and is no correction.
            #expect(try await record(.seen(minutes: 100)) == nil)
            func correct(_ staff: Staff) async throws -> Reason? {
                try await refusal {
                    _ = try await store.correctAttendance(
                        [lille.bruno: .excused],
                        at: session,
                        motive: ShortText(typed: "Signature d’une autre", field: .motive),
                        key: lille.key(),
                        by: staff
                    )
                }
            }
            #expect(try await correct(lille.staff) == .roleMissing)
            #expect(try await correct(manager(lille)) == nil)
            let held = try await store.sheet(of: run)
            #expect(held.parents[1].marks[session]?.status == .excused)
            #expect(held.sessions[0].sheets.map(\.sheet) == [attached.sheet])
            #expect(try await record(.whole) == .attendanceFrozen)
            #expect(
                try await lille.count(
                    """
                    select count(*) from attendances a join attendance_corrections c on c.id = a.correction_id
                    where a.revision = 3 and c.motive = 'Signature d’une autre'
                    """
                ) == 1
            )
        }
    }

    @Test("the original is read back byte by byte within its shop, and attached once")
    func original() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let session = try await lille.hold(run, module: 1, minutes: 150)
            let bytes = [UInt8]([0xFF, 0xD8, 0xFF]) + (0...255).map { UInt8($0) }
            let attached = try await lille.store.attachSheet(
                SignedSheet(bytes: bytes),
                to: session,
                key: lille.key(),
                by: lille.staff
            )
            let back = try await lille.store.originalSheet(attached.sheet, of: session)
            #expect(back.bytes == bytes && back.kind == .jpeg)
            let again = try await refusal {
                _ = try await lille.store.attachSheet(
                    SignedSheet(bytes: bytes),
                    to: session,
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(again == .sheetAttached)
            let elsewhere = try await refusal {
                _ = try await lille.store.originalSheet(
                    attached.sheet,
                    of: session,
                    in: .shops([])
                )
            }
            #expect(elsewhere == .sessionUnknown)
            let unknown = try await refusal {
                _ = try await lille.store.originalSheet(lille.store.newID(), of: session)
            }
            #expect(unknown == .sheetUnknown)
        }
    }

    @Test(
        "ten corrections meet the sheet on its way in: what came before stands, the rest is refused"
    )
    func race() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let session = try await lille.hold(run, module: 1, minutes: 150)
            let store = lille.at(Lille.today)
            let told = try await TestSupport.race(11) { number in
                if number == 5 {
                    _ = try await store.attachSheet(
                        sheet(),
                        to: session,
                        key: lille.key(),
                        by: lille.staff
                    )
                } else {
                    _ = try await store.recordAttendance(
                        [lille.bruno: .seen(minutes: 10 + number)],
                        at: session,
                        key: lille.key(),
                        by: lille.staff
                    )
                }
            }
            let refused = told.compactMap { $0?.reason }
            #expect(refused.allSatisfy { $0 == .attendanceFrozen })
            // Two rows from the session itself, and one for each correction that came before the sheet.
            #expect(
                try await lille.count("select count(*) from attendances")
                    == 2 + told.count { $0 == nil } - 1
            )
        }
    }

    @Test("who is to sign stands on the sheet before the session is held, guests after it")
    func printed() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let store = lille.at(Lille.today)
            let session = try await store.planSession(
                SessionPlan(module: 1, plannedOn: Lille.today, startsAt: TimeOfDay(typed: "14:00")),
                in: run,
                key: lille.key(),
                by: lille.staff
            ).id
            let printed = try await store.signingSheet(of: session)
            #expect(printed.people.map(\.name) == ["Amina Martin", "Bruno Martin"])
            #expect(printed.session.startsAt?.clock == "14:00")
            _ = try await store.holdSession(
                HeldSession(
                    run: run,
                    planned: session,
                    module: 1,
                    heldOn: Lille.today,
                    deliveredMinutes: 150
                ),
                key: lille.key(),
                by: lille.staff
            )
            let other = try await lille.run("LI-2022-02", with: [lille.chloe])
            _ = try await store.recordCatchUp(
                of: lille.chloe,
                at: session,
                key: lille.key(),
                by: lille.staff
            )
            let guests = try await store.signingSheet(of: session).people.filter {
                $0.guestOf != nil
            }
            #expect(guests.map(\.name) == ["Chloé Martin"] && guests[0].guestOf == other.text)
            let elsewhere = try await refusal {
                _ = try await store.signingSheet(of: session, in: .shops([]))
            }
            #expect(elsewhere == .sessionUnknown)
        }
    }

    @Test(
        "what a file is, its first bytes say",
        arguments: [
            ([0x25, 0x50, 0x44, 0x46, 0x2D, 0x31], .pdf), ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png), ([], nil),
            ([0x25, 0x50, 0x44], nil), (Array("<html>".utf8), nil), ([0x4D, 0x5A], nil),
            (Array("GIF89a".utf8), nil),
        ] as [([UInt8], SignedSheet.Kind?)]
    )
    func kinds(bytes: [UInt8], kind: SignedSheet.Kind?) {
        let sheet: SignedSheet? = try? SignedSheet(bytes: bytes)
        #expect(sheet?.kind == kind)
    }

    @Test("eight mebibytes are kept, a byte more is refused")
    func size() throws {
        let most = Array("%PDF-".utf8) + [UInt8](repeating: 0, count: (8 << 20) - 5)
        #expect(try SignedSheet(bytes: most).bytes.count == 8 << 20)
        let told = #expect(throws: Refusal.self) { try SignedSheet(bytes: most + [0]) }
        #expect(told?.reason == .inputTooLarge)
    }
}
