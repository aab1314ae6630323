import Foundation
import Shop
import Store

@testable import Till

extension Samples {
    /// A laptop to prepare, one on the shelf and kept, one sold, and a screen without anything.
    static func device(_ words: Words) -> [any Page] {
        let cards = deviceCards()
        let rows = Paged(items: cards.map(\.device), next: "0190")
        let refusal = Refusal(.deviceNotErased, ["label": .text("LIPC26-0008")])
        let unusual = Refusal(.devicePriceUnusual, ["label": .text("LIPC26-0008")])
        let wrong = Refusal(.fieldMissing, ["field": .field(.maker)])
        let today = Instant(microseconds: 1_790_000_000_000_000).day
        var pages: [any Page] = cards.map { card in
            DevicePage(words, card, mayWork: true, today: today, refusal: refusal) { "0190" }
        }
        pages += cards.map { card in
            DevicePage(words, card, mayWork: false, mayOpenTickets: true, today: today) { "0190" }
        }
        pages += cards.map { card in
            DevicePage(
                words,
                card,
                mayWork: true,
                today: today,
                form: Form(encoded: "price=9500&removal=loss"),
                refusal: unusual
            ) { "0190" }
        }
        do {
            pages += [
                try DevicesPage(
                    words,
                    rows,
                    search: "elite",
                    stage: .inWork,
                    after: "0189",
                    takers: workplaces(),
                    batch: lot()
                ),
                try DevicesPage(
                    words,
                    Paged(items: [], next: nil),
                    search: "",
                    stage: nil,
                    after: nil,
                    takers: workplaces(isChosen: false)
                ),
                try DevicesPage(
                    words,
                    Paged(items: [], next: nil),
                    search: "zzz",
                    stage: nil,
                    after: nil,
                    takers: nil
                ),
            ]
        } catch {
            preconditionFailure("the words of the script are no JSON: \(error)")
        }
        pages.append(
            NewDevicePage(
                words,
                key: "0190",
                workplace: bar(at: "/devices/new"),
                form: Form(encoded: "public=yes"),
                refusal: wrong
            )
        )
        pages.append(NewDevicePage(words, key: "0190", refusal: refusal))
        pages.append(DeviceLabelPage(words, cards, isDemonstration: true))
        return pages
    }

    /// Read as the service writes them, so that the samples hold whatever a page may get.
    static func deviceCards() -> [DeviceCard] {
        let laptop = """
            {"device": {"id": "01900000-0000-7000-8000-000000000001", "label": "LIPC26-0008", "kind": "laptop",
              "maker": "HP", "model": "EliteBook 840 G3", "processor": "Intel(R) Core(TM) i5-6300U CPU @ 2.40GHz",
              "memory_mb": 8192, "storage_gb": 756, "stage": "in_work", "shop": "Lille Fives", "inspected": true,
              "erased": false},
             "serial": "5CG7123ABC", "chassis": "laptop", "batteryPercent": 88, "screen": "14.0\\" 1920x1080",
             "fromPublicBody": true, "batch": "LILO26-0001", "takenInAt": "2026-11-20T09:00:00.000000Z",
             "disks": [{"id": "01900000-0000-7000-8000-000000000002", "kind": "ssd", "sizeGB": 256, "serial": "S3Z1NB0K",
                        "erasure": {"at": "2026-11-20T10:00:00.000000Z", "method": "secure_erase", "level": "purge",
                                    "tool": "nwipe"}},
                       {"id": "01900000-0000-7000-8000-000000000003", "kind": "hdd", "sizeGB": 500, "serial": "WX11A80W"}],
             "inspection": [{"item": {"item": "screen", "french": "Écran", "english": "Screen"}, "passed": true},
                            {"item": {"item": "keyboard", "french": "Clavier", "english": "Keyboard"}, "passed": false},
                            {"item": {"item": "sound", "french": "Son", "english": "Sound"}}],
             "inspectedAt": "2026-11-20T10:30:00.000000Z",
             "history": [{"at": "2026-11-20T10:00:00.000000Z", "kind": "erased", "detail": "S3Z1NB0K", "operatorCode": "KA"},
                         {"at": "2026-11-20T09:00:00.000000Z", "kind": "taken_in", "detail": "", "operatorCode": "KA"}]}
            """
        let ready = laptop.replacing(
            "\"erased\": false",
            with: "\"erased\": true, \"reserved_until\": \"2026-12-24\""
        )
        let shelved = ready.replacing(
            "\"stage\": \"in_work\"",
            with: "\"stage\": \"on_shelf\", \"grade\": \"b\", \"price_cents\": 9900"
        )
        let sold = laptop.replacing(
            "\"stage\": \"in_work\"",
            with: "\"stage\": \"left\", \"exit\": \"sale\""
        ).replacing(
            "\"kind\": \"erased\", \"detail\": \"S3Z1NB0K\"",
            with: "\"kind\": \"sold\", \"detail\": \"LI1-V-000042\""
        )
        let recycled = sold.replacing("\"exit\": \"sale\"", with: "\"exit\": \"recycling\"")
        let bare = """
            {"device": {"id": "01900000-0000-7000-8000-000000000004", "label": "LIEC26-0001", "kind": "screen", "maker": "",
              "model": "", "processor": "", "storage_gb": 0, "stage": "in_work", "shop": "Lille Fives", "inspected": false,
              "erased": true},
             "serial": "", "chassis": "", "screen": "", "fromPublicBody": false,
             "takenInAt": "2026-11-20T09:00:00.000000Z", "disks": [], "inspection": [], "history": []}
            """
        return [laptop, ready, shelved, sold, recycled, bare].map { text in
            do {
                return try JSONDecoder().decode(DeviceCard.self, from: Data(text.utf8))
            } catch {
                preconditionFailure("a sample device is unreadable: \(error)")
            }
        }
    }
}
