import Shop
import Store

/// The stock: what is taken in, prepared, on the shelf.
struct DevicesPage: Page {
    static let template = "device-list"

    let search: Field
    /// The filters that a search keeps, as they stand in the address; empty where there is none.
    let stage: String
    let olderThan: String
    /// The filter in words, where no tab says it.
    let filter: String?
    let tabs: [Tab]
    let rows: [DeviceLine]
    /// Nothing was ever taken in, or nothing fits what was searched.
    let isEmpty: Bool
    let isSearched: Bool
    let pager: Pager?
    /// The whole list, to keep.
    let files: [File]
    /// Whether the reader may take machines in.
    let mayWork: Bool
    /// Whether the reader takes back what does not work.
    let mayServe: Bool
    /// Where files are dropped; nil for who may only look, and until a shop is chosen.
    let drop: Drop?
    /// Among which the reader chooses the shop that takes machines in.
    let picker: WorkplacePicker?
    /// How many files of test benches wait for a person, in words; nil where none does.
    let waiting: String?
    /// How many articles are low in the shop where the reader works, in words; nil where none is.
    let low: Told?
    /// How many of its orders are late; nil where none is.
    let late: Told?

    struct File: Sendable {
        let path: String
        let words: String
    }

    struct Tab: Sendable {
        let path: String
        let words: String
        let isCurrent: Bool
    }

    struct Drop: Sendable {
        /// The words of the script, as JSON.
        let words: String
        let workplace: WorkplaceBar?
        /// The lot with which what is dropped came; nil where none was chosen.
        let batch: Lot?
    }

    struct Lot: Sendable {
        let code: String
        let path: String
        let words: String
    }

    struct Told: Sendable {
        let words: String
        /// Where they are seen, those of that shop.
        let path: String
    }

    /// - Parameters:
    ///   - takers: the shops in which the reader may take machines in; nil for who may only look.
    ///   - batch: the lot with which what is dropped came.
    ///   - count: how many files of test benches wait for a person.
    ///   - lowCount: how many articles are low where they are taken in.
    ///   - lateCount: how many orders are late there.
    init(
        _ words: Words,
        _ page: Paged<DeviceRow>,
        search text: String,
        at filter: DeviceFilter?,
        olderThan days: Int? = nil,
        after: String?,
        today: Day = Day(0),
        takers shops: Workplaces?,
        batch: BatchRow? = nil,
        mayServe: Bool = false,
        waiting count: Int = 0,
        low lowCount: Int = 0,
        late lateCount: Int = 0
    ) throws {
        let here = (shops?.current).map { "&shop=\($0.code)" } ?? ""
        late =
            lateCount == 0
            ? nil
            : Told(
                words: words.counted("order_late_count", lateCount),
                path: "/orders?stage=late" + here
            )
        low =
            lowCount == 0
            ? nil
            : Told(
                words: words.counted("product_low_count", lowCount),
                path: "/products?low=yes" + here
            )
        waiting = count == 0 ? nil : words.counted("station_wait", count)
        search = Field(
            "q",
            label: words("device_search"),
            value: text,
            type: "search",
            isRequired: false
        )
        stage = filter?.rawValue ?? ""
        olderThan = days.map(String.init) ?? ""
        self.filter = words.filter(filter, olderThan: days)
        func path(_ filter: DeviceFilter?, olderThan: Int? = nil, after: String? = nil) -> String {
            let parts = [
                batch.map { "batch=\($0.code)" },
                text.isEmpty ? nil : "q=" + percentEncoded(text),
                filter.map { "stage=" + $0.rawValue },
                olderThan.map { "older_than=\($0)" },
                after.map { "after=" + $0 },
            ].compactMap { $0 }
            return "/devices" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
        }
        files = DeviceListFile.allCases.map { file in
            File(
                path: "/devices/" + file.rawValue
                    + path(filter, olderThan: days).dropFirst("/devices".count),
                words: words(file == .csv ? "device_csv" : "device_xlsx")
            )
        }
        func isCurrent(_ tab: DeviceFilter?) -> Bool { tab == filter && days == nil }
        let all = Tab(
            path: path(nil),
            words: words("device_stage_all"),
            isCurrent: isCurrent(nil)
        )
        tabs =
            [all]
            + DeviceStage.allCases.map(DeviceFilter.stage).map {
                Tab(path: path($0), words: $0.name(in: words.language), isCurrent: isCurrent($0))
            }
        rows = page.items.map { DeviceLine($0, words, today: today) }
        isEmpty = page.items.isEmpty
        isSearched = !text.isEmpty || filter != nil || days != nil
        pager =
            page.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in path(filter, olderThan: days) },
                next: page.next.map { path(filter, olderThan: days, after: $0) },
                words: words.counted("device_count", page.items.count)
            )
        mayWork = shops != nil
        self.mayServe = mayServe
        drop = try shops.flatMap { shops in
            try shops.current.map { shop in
                Drop(
                    words: try words.json(prefix: "device_import_"),
                    workplace: WorkplaceBar(shops, shop, at: "/devices"),
                    batch: batch.map { batch in
                        Lot(
                            code: batch.code,
                            path: "/batches/\(batch.code)",
                            words: words(
                                "device_drop_batch",
                                [
                                    "batch": batch.code,
                                    "donor": batch.shownDonor(in: words.language),
                                ]
                            )
                        )
                    }
                )
            }
        }
        picker = shops.flatMap { shops in
            shops.current == nil ? WorkplacePicker(words, shops, next: "/devices") : nil
        }
    }
}

/// A machine in a list.
struct DeviceLine: Sendable {
    let path: String
    let label: String
    let icon: String
    let name: String
    let details: String
    let status: Status
    let price: String
    /// For how long it has waited, where the list goes by that.
    let age: String?

    init(_ row: DeviceRow, _ words: Words, today: Day? = nil) {
        age = row.since.flatMap { since in today.map { words.waited($0.number - since.day.number) }
        }
        path = "/devices/\(row.label)"
        label = row.label
        icon = row.kind.icon
        name = row.shownName(words)
        // Only where somebody here can replace it.
        let waitsForDisk = !row.sound && [.inWork, .onShelf].contains(row.stage)
        details = [
            row.details(in: words.language), row.location?.name ?? "",
            waitsForDisk ? words("device_disk_replace") : "",
        ]
        .filter { !$0.isEmpty }.joined(separator: " · ")
        status = Status(row, words)
        price = row.price.map { Written.cents($0, in: words.language) } ?? ""
    }
}

/// Where a machine stands, as a word with its sign.
struct Status: Sendable {
    /// A class of the tag: `done`, `warning`, or none.
    let tone: String
    let icon: String
    let words: String

    init(_ row: DeviceRow, _ words: Words) {
        switch row.stage {
        case .onShelf where row.reservedUntil != nil:
            tone = "warning"
            icon = "lock"
            self.words = words("device_reserved_until", ["day": row.reservedUntil?.printed ?? ""])
        case .onShelf:
            tone = "done"
            icon = "done"
            self.words = row.stage.name(in: words.language)
        case .inWork:
            tone = "warning"
            icon = "waiting"
            self.words =
                row.unsellable
                ? Verdict.unsellable.name(in: words.language)
                : (row.step?.name ?? row.stage.name)(words.language)
        case .inTransit:
            tone = "warning"
            icon = "move"
            self.words = words("device_in_transit", ["code": row.transit ?? ""])
        case .left where row.afterSales != nil:
            tone = "warning"
            icon = "refund"
            self.words = words("device_in_after_sales")
        case .left:
            tone = ""
            icon = "move"
            self.words = (row.exit?.name ?? row.stage.name)(words.language)
        }
    }
}

extension Words {
    /// A filter that no tab says; nil where a tab does, or there is none.
    fileprivate func filter(_ filter: DeviceFilter?, olderThan days: Int?) -> String? {
        let stage = filter?.name(in: language)
        switch (filter, days) {
        case (_, let days?):
            let days = number(days)
            return stage.map { self("board_filter_both", ["stage": $0, "days": days]) }
                ?? self("board_filter_age", ["days": days])
        case (.step?, nil): return stage
        case (.stage?, nil), (nil, nil): return nil
        }
    }
}

extension DeviceRow {
    /// Maker and model, or what kind of thing it is when nobody wrote them.
    func shownName(_ words: Words) -> String {
        kind.named(maker, model, in: words.language)
    }

    /// Processor, memory and storage, those that are known.
    func details(in language: Language) -> String {
        [
            processor.isEmpty ? nil : shortProcessor,
            memoryMB.map { gigabytes(mebibytes: $0, in: language) },
            storageGB > 0 ? gigabytes(storageGB, in: language) : nil,
        ].compactMap { $0 }.joined(separator: " · ")
    }
}

extension DeviceRow {
    /// `Intel Core i5-6300U` for `Intel(R) Core(TM) i5-6300U CPU @ 2.40GHz`: what people ask for by name.
    private var shortProcessor: String {
        processor.replacing(
            /\((R|TM)\)|\s+(CPU|Processor)\b|\s+(@|with)\s.*$/.ignoresCase(),
            with: ""
        )
    }
}

/// `500 Go`, `500 GB`.
func gigabytes(_ count: Int, in language: Language) -> String {
    "\(count)\u{A0}" + language.choose("Go", "GB")
}

/// `8 Go` for 8192 MiB; `7,6 Go` for what a system sees of it.
func gigabytes(mebibytes: Int, in language: Language) -> String {
    let tenths = (mebibytes * 10 + 512) / 1024
    if tenths % 10 == 0 { return gigabytes(tenths / 10, in: language) }
    return "\(tenths / 10)" + language.choose(",", ".") + "\(tenths % 10)\u{A0}"
        + language.choose("Go", "GB")
}

extension DeviceKind {
    var icon: String {
        switch self {
        case .laptop, .other: "device"
        case .desktop, .allInOne, .screen: "desktop"
        case .tablet: "tablet"
        case .smartphone: "smartphone"
        }
    }
}
