import Shop
import Store

extension DevicePage {
    struct Fact: Sendable {
        let name: String
        let value: String
    }

    struct Event: Sendable {
        let at: String
        let words: String
        let detail: String
        /// The ticket by which it left, or the case, for whoever may open it.
        let ticket: String?
        let operatorCode: String
    }
}

extension DeviceCard {
    /// What it is and where it stands, those that are known.
    /// - Parameter tellsPlace: whether where it lies is told by no other part of the page.
    func facts(_ words: Words, tellsPlace: Bool) -> [DevicePage.Fact] {
        let row = device
        let facts: [(String, String?)] = [
            ("device_serial", serial.isEmpty ? words("device_no_serial") : serial),
            ("device_processor", row.processor),
            ("device_memory", row.memoryMB.map { gigabytes(mebibytes: $0, in: words.language) }),
            ("device_screen", screen),
            ("device_battery", batteryPercent.map { "\($0)\u{A0}%" }),
            ("device_chassis", Chassis(rawValue: chassis)?.name(in: words.language)),
            ("kit_with", kit.withIt(in: words.language)),
            ("device_shop", row.shop),
            ("location_name", tellsPlace ? row.location?.name : nil),
            ("device_grade", row.grade?.name(in: words.language)),
            ("device_price", row.price.map { Written.cents($0, in: words.language) }),
            ("device_taken_in", takenInAt.day.printed),
        ]
        return facts.compactMap { key, value in
            guard let value, !value.isEmpty else { return nil }
            return DevicePage.Fact(name: words(key), value: value)
        }
    }
}

extension DevicePage.Event {
    init(_ event: DeviceEvent, _ source: DeviceSource) {
        let words = source.words
        at = "\(event.at.day.printed) \(event.at.clock)"
        self.words = event.kind.words(in: words.language)
        detail = event.shownDetail(words)
        let isTicket = [.sold, .given].contains(event.kind) && !event.detail.isEmpty
        let receipt = source.mayOpenTickets && isTicket ? "/receipts/\(event.detail)" : nil
        let opened = event.afterSales.map { "/after-sales/\($0.code)" }
        ticket = source.mayServe ? opened ?? receipt : receipt
        operatorCode = event.operatorCode
    }
}

extension DeviceEvent {
    /// The case and how far it came, of an event of after-sales.
    var afterSales: (code: String, stage: AfterSalesStage)? {
        let parts = detail.split(separator: " ")
        guard kind == .afterSales, parts.count == 2,
            let stage = AfterSalesStage(rawValue: String(parts[1]))
        else { return nil }
        return (String(parts[0]), stage)
    }

    /// The grade's words, a day as it is written, or what stands there.
    func shownDetail(_ words: Words) -> String {
        switch kind {
        case .shelved: Grade(rawValue: detail)?.name(in: words.language) ?? detail
        case .graded: Verdict(rawValue: detail)?.name(in: words.language) ?? detail
        case .reserved: Day(iso: detail)?.printed ?? detail
        case .repriced:
            Int64(detail).map { Written.cents(Cents(unchecked: $0), in: words.language) } ?? detail
        case .afterSales:
            afterSales.map { "\($0.code) · \($0.stage.name(in: words.language))" } ?? detail
        case .kitChecked, .kitReturned: detail(in: words.language)
        case .takenIn, .fileRead, .diskRemoved, .erased, .inspected, .inspectionFailed, .sold,
            .given,
            .transferred, .arrived, .sentBack, .toAfterSales, .recycled, .lost, .withdrawn,
            .cameAgain, .foundAgain:
            detail
        }
    }
}

extension Chassis {
    fileprivate func name(in language: Language) -> String {
        switch self {
        case .laptop: language.choose("Portable", "Laptop")
        case .desktop: language.choose("Boîtier de bureau", "Desktop case")
        case .tower: language.choose("Tour", "Tower")
        case .mini: language.choose("Mini", "Mini")
        case .allInOne: language.choose("Tout-en-un", "All in one")
        case .tablet: language.choose("Tablette", "Tablet")
        case .server: language.choose("Serveur", "Server")
        case .unknown: ""
        }
    }
}
