import Shop
import Testing

@Suite("What a list asks, and what another one changes")
struct InspectionListRuleTests {
    private func item(_ name: String, _ words: String = "mot", mustPass: Bool = true)
        -> InspectionItem
    {
        InspectionItem(stored: name, french: words, english: words, mustPass: mustPass)
    }

    private func list(_ items: InspectionItem...) throws -> InspectionList {
        try InspectionList(kind: .screen, startsOn: Day(0), items: items)
    }

    @Test("a list asks one thing at least, sixty at most, each once")
    func sizes() throws {
        for (count, isFine) in [(0, false), (1, true), (60, true), (61, false)] {
            let items = (0..<count).map { item("item_\($0)") }
            let refusal = refused {
                try InspectionList(kind: .screen, startsOn: Day(0), items: items)
            }
            #expect((refusal == nil) == isFine)
        }
        #expect(refused { try list(item("a"), item("a")) } == .inspectionListUneven)
    }

    @Test("what is wrong with a list is said, and which item is there twice")
    func problems() {
        for (items, french) in [
            ([], "elle n’a aucun point"),
            ((0...60).map { item("item_\($0)") }, "elle a plus de 60 points"),
            (
                [item("a"), item("b", "Coque"), item("b", "Clavier")],
                "«\u{A0}Clavier\u{A0}» (b) y est deux fois"
            ),
        ] {
            do {
                _ = try InspectionList(kind: .screen, startsOn: Day(0), items: items)
                Issue.record("not refused: \(french)")
            } catch {
                #expect(error.told(in: .french).what.hasSuffix(": \(french)."))
            }
        }
    }

    @Test(
        "an item has a code of lowercase letters, digits and underscores, and a help in both languages or in none",
        arguments: [
            ("usb_ports", "", "", nil), ("u", "Oui.", "Yes.", nil),
            ("USB", "", "", .itemNameUnreadable), ("", "", "", .itemNameUnreadable),
            ("1st", "", "", .itemNameUnreadable),
            (String(repeating: "a", count: 41), "", "", .itemNameUnreadable),
            ("usb", "Oui.", "", .fieldMissing), ("usb", "", "Yes.", .fieldMissing),
        ] as [(String, String, String, Reason?)]
    )
    func items(code: String, french: String, english: String, expected: Reason?) {
        #expect(
            refused {
                try InspectionItem(
                    item: code,
                    french: "Prises",
                    english: "Ports",
                    frenchHelp: french,
                    englishHelp: english,
                    mustPass: true
                )
            } == expected
        )
    }

    @Test("the code of a new item follows its English name")
    func codes() {
        for (name, code) in [
            ("Every key, twice", "every_key_twice"), ("Écran tactile", "ecran_tactile"),
            ("2 USB ports", "usb_ports"), ("!?", ""),
        ] {
            #expect(InspectionItem.code(named: name) == code)
        }
    }

    @Test(
        "a change tells what is asked in addition, no more, more strictly, in other words, in another order"
    )
    func changes() throws {
        let old = try list(item("a"), item("b"), item("c", mustPass: false), item("d"))
        let new = try list(
            item("d", mustPass: false),
            item("b", "autre"),
            item("c"),
            item("e")
        )
        let change = InspectionListChange(from: old, to: new)
        #expect(change.added.map(\.item) == ["e"] && change.removed.map(\.item) == ["a"])
        #expect(change.mustPass.map(\.item) == ["c"] && change.onlyNoted.map(\.item) == ["d"])
        #expect(change.reworded.map(\.item) == ["b"] && change.isReordered)
        #expect(change.sentences(in: .english).count == 6)
        #expect(InspectionListChange(from: old, to: old).changesNothing)
        #expect(InspectionListChange(from: nil, to: old).added.count == 4)
    }

    @Test("a remark is of a fault")
    func remarks() {
        #expect(
            refused { try InspectionFinding(passed: true, remark: "Rayé") } == .remarkWithoutFault
        )
        #expect(refused { try InspectionFinding(passed: false, remark: "Rayé") } == nil)
        do {
            _ = try InspectionFinding(passed: true, remark: "Rayé", of: item("a", "Coque"))
            Issue.record("not refused")
        } catch {
            #expect(error.told(in: .french).what.hasSuffix(": Coque."))
        }
    }

    private func refused(_ body: () throws -> some Any) -> Reason? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? Refusal)?.reason
        }
    }
}
