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
        // What is to be graded, and what was, by rules that know all and that ask.
        pages += cards.flatMap { card in
            gradingProposals().map { proposal in
                DevicePage(words, card, mayWork: true, today: today, proposal: proposal) { "0190" }
            }
        }
        pages += cards.map { card in
            DevicePage(
                words,
                card,
                mayWork: false,
                mayOpenTickets: true,
                mayServe: true,
                today: today
            ) { "0190" }
        }
        pages += cards.map { card in
            DevicePage(
                words,
                card,
                mayWork: true,
                today: today,
                form: Form(
                    encoded:
                        "price=9500&removal=loss&list=2026-11-20&failed=screen&remark-screen=%3C"
                ),
                refusal: unusual
            ) { "0190" }
        }
        do {
            // Room for more pictures, no room, and a reader who takes none.
            pages += try [6, 2, nil].map { most in
                let shown = try PictureSection(words, pictures(), of: "LIPC26-0008", most: most) {
                    "0190"
                }
                return DevicePage(
                    words,
                    cards[0],
                    mayWork: most != nil,
                    today: today,
                    pictures: shown
                ) { "0190" }
            }
            pages += [
                try DevicesPage(
                    words,
                    rows,
                    search: "elite",
                    at: .step(.toInspect),
                    olderThan: 30,
                    after: "0189",
                    today: today,
                    takers: workplaces(),
                    batch: lot(),
                    mayServe: true,
                    waiting: 3,
                    low: 2,
                    late: 1
                ),
                try DevicesPage(
                    words,
                    Paged(items: [], next: nil),
                    search: "",
                    at: nil,
                    after: nil,
                    takers: workplaces(isChosen: false)
                ),
                try DevicesPage(
                    words,
                    Paged(items: [], next: nil),
                    search: "zzz",
                    at: nil,
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
        pages += boards(words, today: today)
        pages.append(DeviceLabelPage(words, cards, isDemonstration: true))
        pages += passports(words)
        return pages
    }

    /// One with something late and something of today, one with nothing.
    private static func boards(_ words: Words, today: Day) -> [any Page] {
        let device = """
            {"id": "01900000-0000-7000-8000-000000000001", "label": "LIPC26-0008", "kind": "laptop", "maker": "HP",
             "model": "<EliteBook>", "processor": "", "storage_gb": 0, "stage": "in_work", "shop": "Lille",
             "inspected": false, "erased": false, "graded": false, "unsellable": false, "complete": true, "sound": false, "since": "2026-01-05T09:00:00.000000Z"}
            """
        let board: DeviceBoard = decoded(
            """
            {"sections": [{"step": "to_inspect", "count": 2, "late": 1, "lateDays": 30,
                           "since": "2026-01-05T09:00:00.000000Z", "oldest": [\(device)]},
                          {"step": "to_erase", "count": 0, "late": 0, "lateDays": 30, "oldest": []}]}
            """
        )
        let none: DeviceBoard = decoded(#"{"sections": []}"#)
        return [
            DeviceBoardPage(words, board, today: today), DeviceBoardPage(words, none, today: today),
        ]
    }

    /// Read as the service writes them, so that the samples hold whatever a page may get.
    static func deviceCards() -> [DeviceCard] {
        let laptop = """
            {"device": {"id": "01900000-0000-7000-8000-000000000001", "label": "LIPC26-0008", "kind": "laptop",
              "maker": "HP", "model": "EliteBook 840 G3", "processor": "Intel(R) Core(TM) i5-6300U CPU @ 2.40GHz",
              "memory_mb": 8192, "storage_gb": 756, "since": "2026-09-01T09:00:00.000000Z", "stage": "in_work", "shop": "Lille Fives", "inspected": true,
              "location": {"code": "LIRG26-0001", "room": "Réserve", "shelf": "A<3>"},
              "erased": false, "graded": false, "unsellable": false, "complete": true, "sound": false},
             "serial": "5CG7123ABC", "chassis": "laptop", "batteryPercent": 88, "screen": "14.0\\" 1920x1080",
             "fromPublicBody": true, "batch": "LILO26-0001", "takenInAt": "2026-11-20T09:00:00.000000Z",
             "disks": [{"id": "01900000-0000-7000-8000-000000000002", "kind": "ssd", "sizeGB": 256, "serial": "S3Z1NB0K",
                        "erasure": {"at": "2026-11-20T10:00:00.000000Z", "method": "secure_erase", "level": "purge",
                                    "tool": "nwipe"},
                        "health": {"wear": {"percentageUsed": 14, "powerOnHours": 12345}, "condition": "good",
                                   "recordedAt": "2026-11-20T10:00:00.000000Z"}},
                       {"id": "01900000-0000-7000-8000-000000000003", "kind": "hdd", "sizeGB": 500, "serial": "WX11A80W",
                        "health": {"wear": {"passed": false, "reallocatedSectors": 320}, "condition": "replace",
                                   "recordedAt": "2026-11-20T10:00:00.000000Z"}},
                       {"id": "01900000-0000-7000-8000-000000000005", "kind": "unknown", "sizeGB": 0, "serial": "",
                        "health": {"wear": {"pendingSectors": 2}, "condition": "watch",
                                   "recordedAt": "2026-11-20T10:00:00.000000Z"}},
                       {"id": "01900000-0000-7000-8000-000000000006", "kind": "unknown", "sizeGB": 0, "serial": "",
                        "health": {"wear": {"powerOnHours": 2}, "recordedAt": "2026-11-20T10:00:00.000000Z"}}],
             "inspection": [\(trial("screen", "Écran", "Screen")), "passed": true},
                            \(trial("keyboard", "Clavier", "Keyboard", mustPass: false)), "passed": false, "remark": "Touche <E>"},
                            \(trial("sound", "Son", "Sound"))}],
             "listStartsOn": "2026-11-20",
             "lastInspection": {"at": "2026-11-20T10:30:00.000000Z", "listStartsOn": "2000-01-01", "operatorCode": "KA",
                "results": [\(trial("screen", "Écran", "Screen")), "passed": true},
                            \(trial("keyboard", "Clavier", "Keyboard", mustPass: false)), "passed": false, "remark": "Touche <E>"},
                            \(trial("ports", "Prises", "Ports")), "passed": false}]},
             "kit": \(kitJSON),
             "hasEarlier": true, "history": [{"at": "2026-11-20T10:00:00.000000Z", "kind": "erased", "detail": "S3Z1NB0K", "operatorCode": "KA"},
                         {"at": "2026-11-20T09:00:00.000000Z", "kind": "taken_in", "detail": "", "operatorCode": "KA"}]}
            """
        let ready = laptop.replacing(
            "\"erased\": false",
            with: "\"erased\": true, \"reserved_until\": \"2026-12-24\""
        ).replacing("\"sound\": false", with: "\"sound\": true")
        let parts = """
            [{"part": "processor", "amount": 3300, "points": 2}, {"part": "memory", "amount": 8, "points": 3},
             {"part": "ssd", "amount": 256, "points": 3}, {"part": "hdd", "amount": 500, "points": 2}]
            """
        let graded = ready.replacing("\"graded\": false", with: "\"graded\": true").replacing(
            "\"history\": [",
            with: """
                "grading": {"label": "LIPC26-0008", "ordinal": 2, "rules": {"code": "pc-2025-06",
                    "startsOn": "2025-06-01", "french": "Ordinateurs, juin 2025", "english": "Computers, June 2025"},
                  "mark": 3300, "markSource": "PassMark", "memoryMB": 8192, "outcome": {"parts": \(parts),
                    "diskPoints": 4, "weight": -1, "total": 8, "cap": {"processorBelow": 3500, "storage": "flash", "best": "b"},
                    "verdict": "b"},
                  "given": "c", "motive": "Coque fendue", "gradedAt": "2026-11-20T11:00:00.000000Z", "operatorCode": "KA"},
                "history": [{"at": "2026-11-20T11:00:00.000000Z", "kind": "graded", "detail": "c", "operatorCode": "KA"},
                """
        )
        let unsellable = graded.replacing("\"given\": \"c\"", with: "\"given\": \"unsellable\"")
            .replacing("\"unsellable\": false", with: "\"unsellable\": true")
        let shelved = graded.replacing(
            "\"stage\": \"in_work\"",
            with: "\"stage\": \"on_shelf\", \"grade\": \"b\", \"price_cents\": 9900"
        )
        let failing = shelved.replacing("\"sound\": true", with: "\"sound\": false")
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
              "erased": true, "graded": true, "unsellable": false, "complete": true, "sound": true},
             "serial": "", "chassis": "", "screen": "", "fromPublicBody": false,
             "takenInAt": "2026-11-20T09:00:00.000000Z", "disks": [], "inspection": [], "kit": [], "hasEarlier": false, "history": []}
            """
        let untried = laptop.replacing("\"inspected\": true", with: "\"inspected\": false")
            .replacing("\"sound\": false", with: "\"sound\": true")
        let whole = graded.replacing("\"missing\"", with: "\"stock\"")
        return [
            laptop, untried, ready, graded, whole, unsellable, shelved, failing, sold, recycled,
            bare,
        ]
        .map {
            text in
            do {
                return try JSONDecoder().decode(DeviceCard.self, from: Data(text.utf8))
            } catch {
                preconditionFailure("a sample device is unreadable: \(error)")
            }
        }
    }

    /// One that the passport shows, and one without a caption.
    static func pictures() -> [DevicePicture] {
        [
            """
            {"id": "01900000-0000-7000-8000-000000000021", "width": 1200, "height": 1600, "caption": "fault",
             "isOnPassport": true, "takenAt": "2026-11-20T09:00:00.000000Z", "operatorCode": "KA"}
            """,
            """
            {"id": "01900000-0000-7000-8000-000000000022", "width": 300, "height": 200, "isOnPassport": false,
             "takenAt": "2026-11-20T09:00:00.000000Z", "operatorCode": "KA"}
            """,
        ].map { decoded($0) }
    }
    private static let kitJSON = """
        [{"product": "laptop-charger", "nameFr": "Chargeur", "nameEn": "Charger", "isAsked": true, "found": "missing",
          "free": 3, "isFromStock": false},
         {"product": "mouse", "nameFr": "Souris", "nameEn": "Mouse", "isAsked": true, "found": "present", "free": 12,
          "isFromStock": true}]
        """
    /// What was tried, up to what was found.
    private static func trial(
        _ item: String,
        _ french: String,
        _ english: String,
        mustPass: Bool = true
    ) -> String {
        """
        {"item": {"item": "\(item)", "french": "\(french)", "english": "\(english)",
                  "frenchHelp": "\(item == "screen" ? "Fond blanc, puis noir." : "")",
                  "englishHelp": "\(item == "screen" ? "White, then black." : "")", "mustPass": \(mustPass)}
        """
    }

    /// A laptop's, handed over and repaired, and a screen's of which nothing is known.
    private static func passports(_ words: Words) -> [any Page] {
        let whole = """
            {"label": "LIPC26-0008", "token": "\(String(repeating: "2B", count: 15))", "association": "Numérique <solidaire>",
             "kind": "laptop", "maker": "HP", "model": "EliteBook 840 G3", "processor": "Intel Core i5-6300U",
             "memoryMB": 8192, "screen": "14.0\\" 1920x1080", "batteryPercent": 88, "grade": "b", "serial": "5CG7123ABC",
             "stage": "left", "kit": \(kitJSON),
             "tests": [\(trial("screen", "Écran", "Screen")), "passed": true},
                       \(trial("keyboard", "Clavier", "Keyboard", mustPass: false)), "passed": false, "remark": "Touche <E>"}],
             "testedOn": "2026-11-20", "listStartsOn": "2000-01-01",
             "disks": [{"id": "01900000-0000-7000-8000-000000000002", "kind": "ssd", "sizeGB": 256, "serial": "S3Z1NB0K",
                        "erasure": {"at": "2026-11-20T10:00:00.000000Z", "method": "secure_erase", "level": "purge",
                                    "tool": "nwipe"},
                        "health": {"wear": {"percentageUsed": 14}, "condition": "good",
                                   "recordedAt": "2026-11-20T10:00:00.000000Z"}},
                       {"id": "01900000-0000-7000-8000-000000000003", "kind": "hdd", "sizeGB": 500, "serial": "WX11A80W"}],
             "repairs": ["2026-12-02"],
             "guarantee": {"handedOverOn": "2026-11-21", "endsOn": "2028-11-21", "presumptionEndsOn": "2027-11-21",
                           "isGift": false},
             "impact": {"deviceKind": "laptop", "startsOn": "2022-09-09", "carbonGrams": 27000, "materialsGrams": 127000,
                        "wasteGrams": 314, "source": "ADEME"}}
            """
        let bare = """
            {"label": "LIEC26-0001", "association": "", "kind": "screen", "maker": "", "model": "", "processor": "",
             "screen": "", "serial": "", "stage": "in_work", "kit": [], "tests": [], "disks": [], "repairs": []}
            """
        return [whole, bare].flatMap { text -> [any Page] in
            let passport: DevicePassport = decoded(text)
            return [
                PassportPage(words, passport, at: "https://comptoir.example"),
                PublicPassportPage(
                    words,
                    passport,
                    pictures(),
                    path: "/passport/2B",
                    isDemonstration: passport.kind == .screen
                ),
            ]
        }
    }

    private static func gradingProposals() -> [GradingProposal] {
        let known = """
            {"processor": "Intel(R) Core(TM) i5-6300U CPU @ 2.40GHz",
             "mark": {"processor": "Intel Core i5-6300U", "mark": 3300, "source": "PassMark", "startsOn": "2026-01-05",
                      "name": "intel core i5-6300u"},
             "memoryMB": 8192,
             "rules": [{"code": "pc-2025-06", "startsOn": "2025-06-01", "french": "Ordinateurs, juin 2025",
                        "english": "Computers, June 2025", "weightLeast": -2, "weightMost": 2,
                        "outcome": {"parts": [{"part": "processor", "amount": 3300, "points": 2},
                                              {"part": "memory", "amount": 8, "points": 3}],
                                    "diskPoints": 0, "weight": 0, "total": 5, "verdict": "c"}}],
             "prices": [{"grade": "c", "channel": "standard", "priceCents": 8000},
                        {"grade": "c", "channel": "partner", "priceCents": 7050}], "ceiling": 18000}
            """
        let asking = """
            {"processor": "", "rules": [{"code": "pc-2025-06", "startsOn": "2025-06-01", "french": "Ordinateurs, juin 2025",
              "english": "Computers, June 2025"}], "prices": []}
            """
        let nobody = """
            {"processor": "", "rules": [], "prices": [{"grade": "b", "channel": "standard", "priceCents": 4500}]}
            """
        return [known, asking, nobody].map { text in
            do {
                return try JSONDecoder().decode(GradingProposal.self, from: Data(text.utf8))
            } catch {
                preconditionFailure("a sample proposal is unreadable: \(error)")
            }
        }
    }

    /// Rules with every number, marks and none, and the tables of prices.
    /// A list in force with one to come and one that was, and the form of one: as it is, looked at, and wrong.
    static func inspection(_ words: Words) -> [any Page] {
        let today = Day(20_777)
        func list(_ startsOn: Day, _ names: [String]) -> InspectionList {
            let items = names.map { name in
                InspectionItem(
                    stored: name,
                    french: name,
                    english: name,
                    frenchHelp: name == "screen" ? "Fond <blanc>." : "",
                    englishHelp: name == "screen" ? "White <background>." : "",
                    mustPass: name != "camera"
                )
            }
            do throws(Refusal) {
                return try InspectionList(kind: .laptop, startsOn: startsOn, items: items)
            } catch {
                preconditionFailure("a sample list is refused")
            }
        }
        let (old, present, next) = (
            list(Day(10_957), ["screen"]), list(today, ["screen", "camera"]),
            list(today.adding(days: 30), ["screen", "camera", "ports"])
        )
        let at = Instant(microseconds: 1_795_200_000_000_000)
        let dated = [
            DatedInspectionList(
                list: list(today.adding(days: 90), ["screen"]),
                recordedAt: at,
                operatorCode: "KA",
                withdrawn: VersionWithdrawal(at: at, operatorCode: "KA")
            ),
            DatedInspectionList(list: next, recordedAt: at, operatorCode: "KA"),
            DatedInspectionList(list: present, recordedAt: at, operatorCode: "KA"),
            DatedInspectionList(list: old, recordedAt: at, operatorCode: nil),
        ]
        var wrong = Draft(
            Form(
                encoded:
                    "rows=2&item-1=screen&name_fr-1=%C3%89cran&name_en-1=&place-1=1&starts_on=2026-13-01"
            )
        )
        _ = wrong.readInspectionList(of: .laptop)
        var uneven = Draft(Form(encoded: "rows=1&starts_on=2026-12-01"))
        _ = uneven.readInspectionList(of: .laptop)
        return [
            InspectionListsPage(
                words,
                dated,
                today: today,
                mayWrite: true,
                refusal: Refusal(.alreadyEnded)
            ) { "k" },
            InspectionListsPage(words, [dated[2]], today: today, mayWrite: false) { "k" },
            InspectionListPage(words, present, today: today, key: "k"),
            InspectionListPage(
                words,
                present,
                today: today,
                Draft(),
                InspectionListChange(from: present, to: next),
                key: "k"
            ),
            InspectionListPage(words, present, today: today, wrong, key: "k"),
            InspectionListPage(words, present, today: today, uneven, key: "k"),
        ]
    }

    static func grading(_ words: Words) -> [any Page] {
        let document = """
            {"code": "pc", "startsOn": "2025-06-01", "nameFr": "Ordinateurs", "nameEn": "Computers",
             "deviceKinds": ["laptop"], "diskPointsMost": 4, "weightLeast": -2, "weightMost": 2,
             "points": [{"part": "processor", "below": 1200, "points": -8}, {"part": "processor", "points": 4},
                        {"part": "memory", "points": 1}, {"part": "hdd", "points": 1}, {"part": "ssd", "points": 1},
                        {"part": "nvme", "points": 1}],
             "grades": [{"below": 2, "grade": "unsellable"}, {"grade": "premium"}],
             "caps": [{"processorBelow": 3500, "storage": "flash", "best": "b"},
                      {"processorBelow": 3500, "storage": "hdd", "best": "c"}]}
            """
        let mark = """
            {"processor": "Intel Core i5-6300U", "mark": 3300, "source": "PassMark", "startsOn": "2026-01-05",
             "name": "intel core i5-6300u"}
            """
        let price = """
            [{"deviceKind": "laptop", "grade": "b", "channel": "standard", "startsOn": "2000-01-01", "priceCents": 10000,
              "changesOn": "2027-01-01"},
             {"deviceKind": "laptop", "grade": "c", "channel": "partner", "startsOn": "2000-01-01"}]
            """
        let wrong = Refusal(.fieldMissing, ["field": .field(.price)])
        var draft = Draft(Form(encoded: "price=x"))
        draft.refuse(Refusal(.marksFileUnreadable).about(.marksTable))
        draft.refuse(wrong)
        draft.refuse(Refusal(.associationOnly))
        let line = MarksImport.Row(
            line: 2,
            outcome: .refused,
            processor: "",
            mark: nil,
            fault: LineFault(field: "processeur", value: "", refusal: wrong.about(.processor))
        )
        do {
            let decoder = JSONDecoder()
            let rules = try decoder.decode(GradingRulesDocument.self, from: Data(document.utf8))
                .rules(today: Day(20_000))
            let marks = [try decoder.decode(ProcessorMark.self, from: Data(mark.utf8))]
            let prices = try decoder.decode([GradePrice].self, from: Data(price.utf8))
            let today = Day(20_600)
            return [
                GradingPage(
                    words,
                    [rules],
                    Paged(items: marks, next: "intel"),
                    search: "intel",
                    after: "amd",
                    today: today
                ),
                GradingPage(
                    words,
                    [rules],
                    Paged(items: [], next: nil),
                    search: "",
                    after: nil,
                    today: Day(20_000),
                    taking: .init(words, draft, MarksImport(rows: [line]), key: "0190")
                ),
                GradePricesPage(words, prices, today: today, mayWrite: true, key: "0190"),
                GradePricesPage(words, prices, today: today, mayWrite: true, draft, key: "0190"),
                GradePricesPage(words, [], today: today, mayWrite: false, key: "0190"),
            ]
        } catch {
            preconditionFailure("a sample of grading is unreadable: \(error)")
        }
    }
}
