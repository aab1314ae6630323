import Shop
import Testing

@Suite("A signature as it was drawn")
struct StrokesTests {
    private static let dots = String(repeating: "M1 1", count: 199)

    @Test(
        "whole points in the box, not too many, more than a touch",
        arguments: [
            ("M10 10 200 90", nil as Reason?),
            ("M10 10 20 20M30 30", nil),
            ("M0 0 600 300", nil),
            (dots + "M100 100", nil),
            ("", .signatureEmpty),
            ("M10 10", .signatureEmpty),
            ("M10 10 12 11M14 12", .signatureEmpty),
            ("M10 10 24 10", .signatureEmpty),
            ("M10 10 25 10", nil),
            ("M0 0 601 10", .signatureUnreadable),
            ("M0 0 10 301", .signatureUnreadable),
            ("M0 0 -10 30", .signatureUnreadable),
            ("M0 0 10", .signatureUnreadable),
            ("M", .signatureUnreadable),
            ("M10 10 90 90M", .signatureUnreadable),
            ("10 10 90 90", .signatureUnreadable),
            ("M10,10 90,90", .signatureUnreadable),
            ("M10 10  90 90", .signatureUnreadable),
            ("M1.5 10 90 90", .signatureUnreadable),
            ("M10 10 90 90Z", .signatureUnreadable),
            ("M١٠ 10 90 90", .signatureUnreadable),
            ("M10 10 90 90\"><script>", .signatureUnreadable),
            (dots + "M1 1M100 100", .signatureUnreadable),
        ]
    )
    func reads(text: String, expected: Reason?) throws {
        do {
            let strokes = try Strokes(typed: text)
            #expect(expected == nil)
            #expect(strokes.path == text)
        } catch {
            #expect(error.reason == expected)
        }
    }

    @Test(
        "5,000 points are a signature, one more is not",
        arguments: [(5000, true), (5001, false)]
    )
    func pointsMost(count: Int, isRead: Bool) throws {
        let path = "M" + (0..<count).map { "\($0 % 601) 100" }.joined(separator: " ")
        #expect(((try? Strokes(typed: path)) != nil) == isRead)
    }

    @Test("a line of the terms has its drawing first")
    func termLines() throws {
        let lines = try TermLine.lines(
            typed: "yours: C’est à vous : gardez-le.\n\n help : Revenez.\n"
        )
        #expect(lines.map(\.pictogram) == [.yours, .help])
        #expect(lines.map(\.sentence) == ["C’est à vous : gardez-le.", "Revenez."])
        let wrong: [(String, Reason)] = [
            ("", .quantityOutOfRange), ("cadeau: C’est à vous.", .choiceUnknown),
            ("yours", .fieldMissing), ("yours:  ", .fieldMissing),
            ("C’est à vous.", .choiceUnknown),
            (String(repeating: "help: Revenez.\n", count: 13), .quantityOutOfRange),
            ("help: " + String(repeating: "a", count: 301), .fieldTooLong),
        ]
        for (text, expected) in wrong {
            do {
                _ = try TermLine.lines(typed: text)
                Issue.record("\(text) was read")
            } catch { #expect(error.reason == expected, "\(text)") }
        }
    }
}
