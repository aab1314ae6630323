import Foundation
import Shop
import Testing

@Suite("Files of structures")
struct StructureFileTests {
    private func read(_ text: String) throws -> StructureFile {
        try StructureFile(Array(text.utf8))
    }

    @Test(
        "a record keeps its line, whatever delimits it, and one that cannot be read is one line's fault"
    )
    func records() throws {
        let text =
            "a;b\r\n\r\n\"un;deux\";\"dit \"\"oui\"\"\"\n\"sur\ndeux lignes\";x\r\"jamais fermé;y\nz;\n\"a\"b;c\nlast"
        let file = try #require(DelimitedText(Array(text.utf8)))
        #expect(file.delimiter == .semicolon && file.encoding == .utf8)
        let expected: [(line: Int, fields: [String]?)] = [
            (1, ["a", "b"]), (3, ["un;deux", "dit \"oui\""]), (4, ["sur\ndeux lignes", "x"]),
            (6, nil),
            (7, ["z", ""]), (8, nil), (9, ["last"]),
        ]
        #expect(file.records.map(\.line) == expected.map(\.line))
        #expect(file.records.map(\.fields) == expected.map(\.fields))
    }

    @Test(
        "UTF-8 with or without its mark, Windows-1252, comma, semicolon, tab: the same structures",
        arguments: [",", ";", "\t"],
        ["utf-8", "marked", "windows-1252"]
    )
    func encodings(delimiter: String, encoding: String) throws {
        let lines = [
            ["Nom", "Type", "Téléphone"], ["Maison d’Œuvre «\u{A0}L’Été\u{A0}»", "école", ""],
            ["Solfa", "Association", "03 20 00 00 00"],
        ]
        // A kind by its name in French is a school.
        let text = lines.map { $0.joined(separator: delimiter) }.joined(separator: "\r\n")
            .replacing("école", with: "Établissement scolaire")
        let bytes: [UInt8] =
            switch encoding {
            case "marked": [0xEF, 0xBB, 0xBF] + Array(text.utf8)
            case "windows-1252": try Array(#require(text.data(using: .windowsCP1252)))
            default: Array(text.utf8)
            }
        let file = try StructureFile(bytes)
        #expect(file.format == .comptoir)
        #expect(file.encoding == (encoding == "windows-1252" ? .windows1252 : .utf8))
        let described = file.rows.compactMap(\.described)
        #expect(described.map(\.name.text) == ["Maison d’Œuvre «\u{A0}L’Été\u{A0}»", "Solfa"])
        #expect(described.map(\.kind) == [.school, .association])
        #expect(described.map { $0.phone?.e164 } == [nil, "+33320000000"])
    }

    @Test(
        "what is no table of structures is refused as a whole",
        arguments: [
            [], Array("un,deux\n1,2\n".utf8), [0, 1, 2, 3], Array("nom\nSolfa\n".utf8),
            [0xFF, 0xFE, 0x6E, 0x00], [0x6E, 0x81, 0x0A],
        ] as [[UInt8]]
    )
    func refusesWhole(bytes: [UInt8]) {
        #expect(throws: Refusal(.structureFileUnreadable)) { _ = try StructureFile(bytes) }
    }

    @Test("a line that cannot be is named by line, column and value, and stops no other")
    func refusesLines() throws {
        let head = "nom;type;telephone;courriel;convention_debut;convention_fin;contact"
        let cases: [(String, String, String, Reason)] = [
            (";association", "nom", "", .fieldMissing),
            ("A;", "type", "", .fieldMissing),
            ("B;banque", "type", "banque", .choiceUnknown),
            ("C;ccas;12", "telephone", "12", .phoneUnreadable),
            ("D;ccas;;nulle part", "courriel", "nulle part", .emailUnreadable),
            ("E;ccas;;;31/02/2026", "convention_debut", "31/02/2026", .dayUnreadable),
            (
                "F;ccas;;;2026-02-01;2026-01-01", "convention_fin", "2026-01-01",
                .agreementDatesReversed
            ),
            ("G;ccas;;;;2026-01-01", "convention_debut", "", .fieldMissing),
            ("H;ccas;;;;;1 85 05 78 006 084 91", "contact", "1 85 05 78 006 084 91", .nirForbidden),
            ("I;ccas;;;;;x;trop", "contact", "trop", .lineTooLong),
            ("\"J;ccas", "nom", "", .lineUnreadable),
            ("bonne;ccas", "nom", "bonne", .lineRepeated),
        ]
        let text = ([head, "Bonne;CCAS"] + cases.map(\.0) + ["Dernière;ccas"])
            .joined(separator: "\n")
        let file = try read(text)
        #expect(file.rows.compactMap(\.described).map(\.name.text) == ["Bonne", "Dernière"])
        for (number, wrong) in cases.enumerated() {
            guard case .failure(let fault) = file.rows[number + 1].read else {
                Issue.record("\(wrong.0) is read")
                continue
            }
            #expect(file.rows[number + 1].line == number + 3)
            #expect(fault.field == wrong.1 && fault.value == wrong.2, "\(wrong.0)")
            #expect(fault.refusal.reason == wrong.3, "\(wrong.0)")
        }
    }

    @Test("a place of the national schema is known by its id; its typology tells its kind")
    func national() throws {
        let head =
            "id,pivot,nom,commune,code_postal,adresse,complement_adresse,typologie,telephone,courriels"
        let file = try read(
            """
            \(head)
            a-1,43493312300029,France Services,Lille,59000,1 rue Haute,"Bât. A",RFS|ASSO,+33320000000,un@x.fr|deux@x.fr
            a-2,43493312300029,France Services,Roubaix,59100,2 rue Basse,,CCAS,,
            a-3,12,Trop court,Lille,59000,3 rue,,ASSO,,
            a-4,43493312300029,Sans ville,,59000,3 rue,,ASSO,,
            a-5,43493312300029,Code faux,Lille,5900,3 rue,,ASSO,,
            a-1,43493312300029,Encore,Lille,59000,1 rue Haute,,ASSO,,
            """
        )
        #expect(file.format == .mednum)
        let places = file.rows.compactMap(\.described)
        #expect(places.map(\.reference) == ["a-1", "a-2"])
        #expect(places.map(\.kind) == [.publicProgramme, .townSocialService])
        #expect(places[0].address == "1 rue Haute, Bât. A, 59000 Lille")
        #expect(places[0].email?.text == "un@x.fr")
        let faults = file.rows.compactMap { row in
            if case .failure(let fault) = row.read { fault } else { nil }
        }
        #expect(faults.map(\.field) == ["pivot", "commune", "code_postal", "id"])
        #expect(
            faults.map(\.refusal.reason) == [
                .codeUnreadable, .fieldMissing, .postalCodeUnreadable, .lineRepeated,
            ]
        )
    }

    private static let places = HardwareSamples.folder
        .deletingLastPathComponent().appending(path: "places")
    private static let arePlacesThere = FileManager.default.fileExists(atPath: places.path)

    @Test(
        "the national schema's own example is read",
        .enabled(if: arePlacesThere)
    )
    func example() throws {
        let bytes = try Data(contentsOf: Self.places.appending(path: "mednum-example.csv"))
        let file = try StructureFile(Array(bytes))
        #expect(file.format == .mednum && file.delimiter == .comma)
        let place = try #require(file.rows.first?.described)
        #expect(file.rows.count == 1)
        #expect(place.name.text == "Anonymal" && place.reference == "structure-1")
        #expect(place.phone?.e164 == "+33180059880")
        #expect(place.address == "12 BIS RUE DE LECLERCQ, Le patio du bois de l'Aulne, 51100 Reims")
    }

    @Test(
        "every national typology has a kind, and those that Lille meets have their own",
        .enabled(if: arePlacesThere)
    )
    func typologies() throws {
        let bytes = try Data(
            contentsOf: Self.places.appending(path: "typologies_de_structures.csv")
        )
        let text = try #require(DelimitedText(Array(bytes)))
        let codes = text.records.dropFirst().compactMap { $0.fields?.first }
        #expect(codes.count > 70)
        var kinds: [StructureKind: Int] = [:]
        for code in codes { kinds[StructureKind(typologies: code), default: 0] += 1 }
        #expect(Set(kinds.keys).count >= 9)
        #expect(StructureKind(typologies: "NOTHING|CAF") == .familyAllowances)
        #expect(StructureKind(typologies: "") == .other)
    }

    @Test("an agreement is followed by one that begins after its end")
    func agreements() throws {
        let first = Agreement(startsOn: Day(100), endsOn: Day(200))
        let second = Agreement(startsOn: Day(201), endsOn: nil)
        #expect([99, 100, 200, 201].map { first.covers(Day($0)) } == [false, true, true, false])
        let both = [second, first]
        #expect(both.standing(on: Day(200)) == first && both.standing(on: Day(201)) == second)
        #expect(both.standing(on: Day(1)) == first)
        try first.checkFollowed(from: Day(201))
        for (agreement, day) in [(first, 200), (second, 500)] {
            let refusal = #expect(throws: Refusal.self) {
                try agreement.checkFollowed(from: Day(day))
            }
            #expect(refusal?.reason == .agreementGoesOn)
        }
    }
}
