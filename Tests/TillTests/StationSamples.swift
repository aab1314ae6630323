import Shop
import Store

@testable import Till

extension Samples {
    /// A bench that sends, one that was just opened, one that is revoked, and files that wait.
    static func stations(_ words: Words) -> [any Page] {
        let open: StationRow = decoded(benchJSON)
        let revoked: StationRow = decoded(
            benchJSON.replacing(
                "\"openedBy\": \"KA\"",
                with:
                    "\"openedBy\": \"KA\", \"revokedAt\": \"2026-11-21T09:00:00.000000Z\", \"revokedBy\": \"KA\""
            ).replacing("\"seenAt\": \"2026-11-20T10:00:00.000000Z\", ", with: "")
        )
        let file: WaitingFileRow = decoded(fileJSON)
        let bare: WaitingFileRow = decoded(
            fileJSON.replacing("\"label\": \"LIPC26-0008\", ", with: "")
                .replacing("serial_known", with: "no_true_serial")
        )
        let none = Paged<StationRow>(items: [], next: nil)
        let wrong = Refusal(.fieldMissing, ["field": .field(.name)])
        let other = Refusal(.nameTaken, ["text": .text("LIP1")])
        let sent = Form(encoded: "file=\(file.id)&batch=LILO26-0001&public=yes&name=Banc")
        return [
            StationsPage(
                words,
                Paged(items: [open, revoked], next: open.id.text),
                after: open.id.text,
                waiting: 2,
                shops: workplaces(),
                key: "0190",
                form: sent,
                refusal: wrong
            ),
            StationsPage(
                words,
                none,
                after: nil,
                waiting: 0,
                shops: workplaces(isChosen: false),
                key: "0190",
                refusal: other
            ),
            StationPage(words, open, token: "x2f", at: "https://comptoir.example") { "0190" },
            StationPage(
                words,
                open,
                at: "https://comptoir.example",
                form: sent,
                refusal: Refusal(.batchUnknown, ["batch": .text("LILO26-0001")])
            ) { "0190" },
            StationPage(
                words,
                revoked,
                at: "https://comptoir.example",
                refusal: Refusal(.alreadyEnded)
            ) { "0190" },
            WaitingFilesPage(
                words,
                Paged(items: [file, bare], next: file.id.text),
                after: file.id.text,
                form: sent,
                refusal: Refusal(.fileOtherDisks, ["file": .text("a"), "why": .text("b")])
            ) { "0190" },
            WaitingFilesPage(words, Paged(items: [], next: nil), after: nil) { "0190" },
        ]
    }
}

private let benchJSON = """
    {"id": "01900000-0000-7000-8000-000000000001", "code": "LIP1", "name": "Banc <1>", "shop": "LI",
     "openedAt": "2026-11-20T09:00:00.000000Z", "seenAt": "2026-11-20T10:00:00.000000Z", "openedBy": "KA"}
    """

private let fileJSON = """
    {"id": "01900000-0000-7000-8000-000000000002", "station": "LIP1", "stationName": "Banc <1>", "shop": "LI",
     "name": "poste.json", "format": "lshw", "doubt": "serial_known", "label": "LIPC26-0008",
     "summary": "HP ProBook 450 G5", "receivedAt": "2026-11-20T10:00:00.000000Z"}
    """
