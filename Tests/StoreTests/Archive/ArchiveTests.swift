import Crypto
import Foundation
import Postgres
import Shop
import TestSupport
import Testing

@testable import Store

@Suite("Archives and exports of the journal")
struct ArchiveTests {
    /// Three days with tickets, the last one over: a store on the day after.
    private func threeDays(_ at: Wazemmes) async throws -> (from: Day, to: Day, after: Store) {
        try await at.furnishPersons(3)
        let first = at.store.today
        for number in 0..<3 {
            let day = first.adding(days: number)
            let noon = try #require(Instant(iso: "\(day.iso)T22:30:00Z"))
            let store = number == 0 ? at.store : at.store.at(.standing(at: noon))
            if number > 0 { try await store.turnDrawer(by: at.staff()) }
            let sale = try await store.sell(
                at.request(Wazemmes.voucher(of: number), recharges: 2, mice: 1),
                key: at.key(),
                by: at.staff()
            ).sale.id
            _ = try await store.giveBack(
                RefundRequest(
                    sale: sale,
                    lines: [.init(position: 2, units: 1)],
                    reason: .changedMind,
                    means: .cash
                ),
                key: at.key(),
                by: at.staff()
            )
        }
        let after = try #require(Instant(iso: "\(first.adding(days: 4).iso)T09:00:00Z"))
        let store = at.store.at(.standing(at: after))
        try await store.countDrawer(by: at.staff())
        _ = try await store.closePeriod(nil, key: at.key(), by: at.staff())
        return (first, first.adding(days: 3), store)
    }

    private func accountant(_ at: Wazemmes, in shop: ID<Shop>? = nil) -> Staff {
        at.accountant(in: shop)
    }

    private func withFolder<T>(_ body: (String) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "archive-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let result: Result<T, any Error>
        do { result = .success(try await body(folder.path)) } catch { result = .failure(error) }
        try FileManager.default.removeItem(at: folder)
        return try result.get()
    }

    @Test(
        "an archive of closed days verifies by itself, and any byte that is changed is found, A12"
    )
    func everyByte() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            let (from, to, after) = try await threeDays(at)
            try await withFolder { folder async throws -> Void in
                let place = folder + "/a"
                let made = try await after.makeArchive(
                    .archive,
                    from: from,
                    to: to,
                    into: place,
                    key: at.key(),
                    by: accountant(at)
                )
                let found = ArchiveCheck(folder: place)
                #expect(found.faults == [] && found.entries == made.entries)
                #expect(found.fingerprint == made.fingerprint && !found.isTrusted)
                let key = at.store.journalKey.bytes
                let trusted = ArchiveCheck(folder: place, trusted: [key])
                #expect(trusted.ok && trusted.isTrusted)
                let stranger = P256.Signing.PrivateKey().publicKey.x963Representation
                #expect(!ArchiveCheck(folder: place, trusted: [stranger]).ok)
                let names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
                #expect(names.count == 13)
                for name in names {
                    let file = URL(fileURLWithPath: place + "/" + name)
                    let bytes = try Data(contentsOf: file)
                    #expect(!bytes.isEmpty)
                    // Each place of the small ones, and thirty of the others.
                    let step = max(1, bytes.count / 30)
                    for position in stride(from: 0, to: bytes.count, by: step) {
                        var changed = bytes
                        changed[position] ^= 0x01
                        try changed.write(to: file)
                        #expect(!ArchiveCheck(folder: place).ok, "\(name) \(position)")
                    }
                    try bytes.dropLast().write(to: file)
                    #expect(!ArchiveCheck(folder: place).ok, "\(name) cut")
                    try FileManager.default.removeItem(at: file)
                    #expect(!ArchiveCheck(folder: place).ok, "\(name) away")
                    try bytes.write(to: file)
                }
                try Data("x".utf8).write(to: URL(fileURLWithPath: place + "/more.txt"))
                #expect(ArchiveCheck(folder: place).faults.map(\.place) == ["more.txt"])
                // The journal seals what was made, and names it in its list.
                #expect(try await at.store.verify().faults == [])
                let listed = try await after.archives(by: accountant(at)).items
                #expect(listed.map(\.fingerprint) == [made.fingerprint])
            }
        }
    }

    @Test("nothing in an archive names anybody, and its sheets hold the tickets, B2")
    func sheets() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            let (from, to, after) = try await threeDays(at)
            try await withFolder { folder async throws -> Void in
                let place = folder + "/a"
                _ = try await after.makeArchive(
                    .export,
                    from: from,
                    to: to,
                    into: place,
                    key: at.key(),
                    by: accountant(at)
                )
                for name in try FileManager.default.contentsOfDirectory(atPath: place) {
                    let text = String(
                        decoding: try Data(contentsOf: URL(fileURLWithPath: place + "/" + name)),
                        as: UTF8.self
                    )
                    #expect(!text.contains("MARKER"), "\(name)")
                }
                func lines(_ name: String) throws -> [[Substring]] {
                    try String(contentsOfFile: place + "/" + name, encoding: .utf8)
                        .split(separator: "\r\n").map {
                            $0.split(separator: ";", omittingEmptySubsequences: false)
                        }
                }
                let tickets = try lines("tickets.csv")
                #expect(tickets.count == 4)
                #expect(tickets[0][0].hasSuffix("caisse") && tickets[1][2] == "LI1-V-000001")
                #expect(tickets[1][7] == "1300")
                #expect(try lines("lignes.csv").count == 7)
                #expect(try lines("remboursements.csv").count == 4)
                let closings = try lines("clotures.csv").filter { $0[4] == "day" }
                #expect(closings.map { $0[7] } == ["1300", "1300", "1300"])
                // An export is noted as such, and no archive.
                #expect(try await at.count("select count(*)::int from archives") == 0)
                #expect(
                    try await at.count(
                        "select count(*)::int from journal_events where event = 'exported'"
                    ) == 1
                )
            }
        }
    }

    @Test("an archive is of closed days that are over, of a year at most, and overwrites nothing")
    func refuses() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            let today = at.store.today
            try await withFolder { folder async throws -> Void in
                func make(
                    _ kind: ArchiveManifest.Kind,
                    _ from: Day,
                    _ to: Day,
                    into name: String = "a",
                    _ store: Store? = nil
                ) async throws -> Reason? {
                    try await refusalReason {
                        _ = try await (store ?? at.store).makeArchive(
                            kind,
                            from: from,
                            to: to,
                            into: folder + "/" + name,
                            key: at.key(),
                            by: accountant(at)
                        )
                    }
                }
                #expect(try await make(.archive, today, today.adding(days: -1)) == .periodReversed)
                #expect(
                    try await make(.archive, today.adding(days: -366), today) == .archiveTooLong
                )
                #expect(try await make(.archive, today, today) == .archiveTooSoon)
                let later = at.store.at(
                    .standing(at: Clock.system.now().adding(seconds: 3 * 86_400))
                )
                #expect(try await make(.archive, today, today, later) == .archiveNeedsClosing)
                #expect(try await make(.export, today, today) == nil)
                #expect(try await make(.export, today, today) == .folderThere)
                #expect(
                    try await refusalReason {
                        _ = try await at.store.makeArchive(
                            .export,
                            from: today,
                            to: today,
                            into: folder + "/b",
                            key: at.key(),
                            by: accountant(at, in: at.shop)
                        )
                    } == .associationOnly
                )
                #expect(FileManager.default.fileExists(atPath: folder + "/b") == false)
            }
        }
    }

    @Test("what earlier versions sealed is read and verified for ever, A15", arguments: [1])
    func everyFormat(version: Int) throws {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "fixtures/journal")
        func lines(_ name: String) throws -> [Data] {
            try Data(contentsOf: fixtures.appending(path: name)).split(
                separator: UInt8(ascii: "\n")
            )
            .map { Data($0) }
        }
        var keys: [String: P256.Signing.PublicKey] = [:]
        for line in try lines("format-\(version).keys.jsonl") {
            let key = try ArchivedEntry.decoder.decode(ArchivedKey.self, from: line)
            let bytes = try #require(Data(postgres: "\\x" + key.publicKey))
            keys[key.id] = try P256.Signing.PublicKey(x963Representation: bytes)
        }
        let entries = try lines("format-\(version).jsonl").map {
            try ArchivedEntry.decoder.decode(ArchivedEntry.self, from: $0)
        }
        #expect(
            Set(entries.map(\.kind)).isSuperset(of: ["sale", "gift", "refund", "closing", "event"])
        )
        for (_, chain) in Dictionary(grouping: entries, by: \.chain) {
            let (first, last) = (try #require(chain.first), try #require(chain.last))
            func walk(_ change: (ArchivedEntry) -> ArchivedEntry) -> [ArchiveCheck.Fault] {
                var walk = ArchiveWalk(
                    .init(
                        id: first.chain,
                        till: "LI1",
                        isTraining: false,
                        firstPosition: first.position,
                        lastPosition: last.position,
                        previousHash: first.previousHash,
                        lastHash: last.hash
                    )
                )
                return chain.flatMap { walk.take(change($0), keys) }
            }
            #expect(walk { $0 } == [])
            for entry in chain {
                let fields = try #require(SealedFields(entry.payload))
                #expect(fields.version == version && fields.heading == entry.kind)
            }
            let forged = walk { entry in
                ArchivedEntry(
                    chain: entry.chain,
                    position: entry.position,
                    kind: entry.kind,
                    number: entry.number,
                    happenedAt: entry.happenedAt,
                    payload: entry.payload.replacing("_cents=", with: "_cents=1"),
                    previousHash: entry.previousHash,
                    hash: entry.hash,
                    key: entry.key,
                    signature: entry.signature
                )
            }
            #expect(
                forged.contains { $0.kind == "hash" }
                    || !chain.contains { $0.payload.contains("_cents=") }
            )
        }
    }

    @Test("the books of closed days are a FEC without a fault, and balance with the tickets")
    func fec() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            _ = try await at.store.moveCash(
                CashMove(.takenOut, .deposit, Cents(4_000)),
                key: at.key(),
                by: at.staff()
            )
            let (from, to, after) = try await threeDays(at)
            let (export, bytes) = try await after.fec(from: from, to: to, by: at.accountant())
            try await after.noteFec(export, key: at.key(), by: at.accountant())
            #expect(export.name == "123456782FEC\(to.iso.replacing("-", with: "")).txt")
            #expect(export.days == 3 && export.entries == 3)
            let check = FecCheck(bytes, within: from...to)
            #expect(check.faults == [] && check.debitCents == check.creditCents)
            // Three times 13 € sold and 3 € back, 40 € to the bank, and the first float from the safe.
            #expect(check.debitCents == 3 * (1_300 + 300) + 4_000 + 10_000)
            // The same day has the same number in every export.
            let last = try await after.fec(from: to.adding(days: -1), to: to, by: at.accountant())
            #expect(String(decoding: last.bytes, as: UTF8.self).contains("LI1-3\t"))
            #expect(FecCheck(last.bytes, within: from...to).faults == [])
            // A book for which an account is missing is refused, and says which.
            try await at.execute("delete from accounts where role = 'sales_accessory'")
            #expect(
                try await refusalReason {
                    _ = try await after.fec(from: from, to: to, by: at.accountant())
                } == .fecFaulty
            )
            #expect(try await at.store.verify().faults == [])
        }
    }
}
