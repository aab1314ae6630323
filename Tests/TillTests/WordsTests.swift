import Foundation
import Shop
import Testing

@testable import Till

@Suite("Words")
struct WordsTests {
    @Test("both languages hold the same keys, and the same places to fill in")
    func bothLanguagesHoldTheSameKeys() async throws {
        let pages = try await Pages()
        let french = pages.words(.french).table
        let english = pages.words(.english).table
        // French alone has a form for whole millions.
        let keys = Set(french.keys).filter { !$0.hasSuffix("_many") || english[$0] != nil }
        #expect(keys.symmetricDifference(english.keys).sorted() == [])
        for (key, text) in english {
            #expect(places(in: text) == places(in: french[key] ?? ""), "\(key)")
        }
    }

    @Test("a word that is counted has each form that its language needs")
    func countedWordsHaveEachForm() async throws {
        let pages = try await Pages()
        for key in pages.words(.french).table.keys where key.hasSuffix("_other") {
            let stem = key.dropLast("_other".count)
            #expect(pages.words(.french).table["\(stem)_one"] != nil, "\(stem)")
            #expect(pages.words(.french).table["\(stem)_many"] != nil, "\(stem)")
            #expect(pages.words(.english).table["\(stem)_one"] != nil, "\(stem)")
        }
    }

    @Test("nothing that is printed claims what no authority gave, A16")
    func claimsNothing() async throws {
        let pages = try await Pages()
        var texts = [Language.french, .english].flatMap { Array(pages.words($0).table.values) }
        for language in [Language.french, .english] {
            texts += Reason.allCases.map { "\(Refusal($0).told(in: language))" }
        }
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Till/Templates")
        let templates = try FileManager.default.contentsOfDirectory(
            at: folder,
            includingPropertiesForKeys: nil
        )
        #expect(templates.count > 20)
        texts += try templates.map { try String(contentsOf: $0, encoding: .utf8) }
        for text in texts {
            #expect(!text.localizedCaseInsensitiveContains("certifié"), "\(text)")
            #expect(!text.localizedCaseInsensitiveContains("NF525"), "\(text)")
        }
    }

    @Test("what is refurbished is never called new, C3")
    func neverNew() async throws {
        for (key, text) in try await Pages().words(.french).table
        where key.hasPrefix("device_") || key.hasPrefix("receipt_") || key.hasPrefix("label_") {
            #expect(text.firstMatch(of: /(?i)\b(comme |état |à )?neuf\b/) == nil, "\(key)")
        }
    }

    @Test("French is set as a printer would: its spaces do not break, its apostrophes are curved")
    func frenchIsSetWell() async throws {
        for (key, text) in try await Pages().words(.french).table {
            #expect(faults(in: text) == [], "\(key): \(text)")
        }
    }

    @Test(
        "a fault of typography is found",
        arguments: [
            ("Bon expiré !", "a plain space before !"), ("l'espace", "a straight apostrophe"),
            ("12 %", "a plain space before %"), ("Motif: aucun", "no space before :"),
            ("Vraiment?", "no space before ?"), ("« oui »", "a plain space inside «»"),
            ("Attention\u{A0}!", "U+00A0 before !"), ("Motif\u{202F}:", "U+202F before :"),
        ]
    )
    func aFaultIsFound(text: String, fault: String) {
        #expect(faults(in: text).contains(fault))
    }

    @Test(
        "what is set well passes",
        arguments: [
            "Bon expiré\u{202F}!", "l’espace", "12\u{A0}%", "Motif\u{A0}: aucun", "à 15:05",
            "«\u{A0}oui\u{A0}»", "https://exemple.fr",
        ]
    )
    func whatIsSetWellPasses(text: String) {
        #expect(faults(in: text) == [])
    }

    @Test(
        "French counts nothing as one, English as many",
        arguments: [
            (0, "0 personne", "0 people"), (1, "1 personne", "1 person"),
            (2, "2 personnes", "2 people"), (1_234, "1\u{202F}234 personnes", "1,234 people"),
            (1_000_000, "1\u{202F}000\u{202F}000 de personnes", "1,000,000 people"),
        ]
    )
    func counts(count: Int, french: String, english: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let tables = [
            "fr": [
                "p_one": "{count} personne", "p_many": "{count} de personnes",
                "p_other": "{count} personnes",
            ],
            "en": ["p_one": "{count} person", "p_other": "{count} people"],
        ]
        for (language, table) in tables {
            try JSONEncoder().encode(table).write(to: folder.appending(path: "p.\(language).json"))
        }
        #expect(try Words(.french, in: folder).counted("p", count) == french)
        #expect(try Words(.english, in: folder).counted("p", count) == english)
    }

    @Test("refusals are set as well as screens are", arguments: Reason.allCases)
    func refusalsAreSetWell(reason: Reason) {
        let told = Refusal(reason).told(in: .french)
        for text in [told.what, told.why, told.now] {
            #expect(faults(in: text) == [], "\(reason.rawValue): \(text)")
        }
    }

    @Test("the scripts ask only for words that there are")
    func scriptsAskForWordsThatThereAre() async throws {
        let table = try await Pages().words(.french).table
        let folder = Pages.folder("Assets").path
        for case let path as String in FileManager.default.enumerator(atPath: folder)!
        where path.hasSuffix(".js") {
            let script = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
            for match in script.matches(of: /\bsay\("([a-z0-9_]+)"/) {
                #expect(table[String(match.1)] != nil, "\(path): \(match.1)")
            }
        }
    }

    private func places(in text: String) -> Set<String> {
        Set(text.matches(of: /\{([a-z_]+)\}/).map { String($0.1) })
    }

    private func faults(in text: String) -> [String] {
        var faults: [String] = []
        if text.contains("'") { faults.append("a straight apostrophe") }
        if text.contains("« ") || text.contains(" »") { faults.append("a plain space inside «»") }
        for sign in ";!?" {
            if text.contains(" \(sign)") { faults.append("a plain space before \(sign)") }
            if text.contains("\u{A0}\(sign)") { faults.append("U+00A0 before \(sign)") }
        }
        for sign in ":%€" {
            if text.contains(" \(sign)") { faults.append("a plain space before \(sign)") }
            if text.contains("\u{202F}\(sign)") { faults.append("U+202F before \(sign)") }
        }
        if text.contains(/\p{L}[;!?]/) {
            let sign = text.firstMatch(of: /\p{L}([;!?])/)!.1
            faults.append("no space before \(sign)")
        }
        if text.contains(/\p{L}:(?!\/\/)/) { faults.append("no space before :") }
        return faults
    }
}
