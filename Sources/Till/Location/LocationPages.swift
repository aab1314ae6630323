import Shop
import Store

/// Rooms and shelves in use, and the form that opens some.
struct LocationsPage: Page {
    static let template = "locations"

    let key: String
    let workplace: WorkplaceBar?
    /// Among which the reader chooses the shop; nil where it is known.
    let picker: WorkplacePicker?
    /// Nil until a shop is chosen.
    let opening: Opening?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let rows: [Line]
    let isEmpty: Bool
    /// The page that prints their labels; nil where there is none to print.
    let labels: String?
    /// Those just opened; nil where none was.
    let opened: Opened?
    let pager: Pager?

    struct Opened: Sendable {
        let words: String
        /// The page that prints their labels.
        let labels: String
    }

    struct Opening: Sendable {
        let room: Field
        let shelves: Field
    }

    struct Line: Sendable {
        let path: String
        let code: String
        let shop: String
        let name: String
        let devices: String
        /// The page that prints its label.
        let label: String
    }

    init(
        _ words: Words,
        _ part: Paged<LocationRow>,
        after: String?,
        shops: Workplaces,
        opened codes: [LocationCode] = [],
        _ draft: Draft,
        key: String
    ) {
        let language = words.language
        let fields: Set<String> = ["room", "shelves"]
        self.key = key
        workplace = shops.current.flatMap { WorkplaceBar(shops, $0, at: "/locations") }
        picker =
            shops.current == nil && shops.areSeveral
            ? WorkplacePicker(words, shops, next: "/locations") : nil
        opening = shops.current.map { _ in
            Opening(
                room: Field(.room, draft, in: language, hint: words("location_room_hint")),
                shelves: Field(
                    .shelf,
                    draft,
                    in: language,
                    hint: words("location_shelves_hint"),
                    isRequired: false
                )
            )
        }
        mistakes = draft.mistakes(in: language, fields: fields)
        refusal = draft.card(in: language, fields: fields)
        rows = part.items.map { row in
            Line(
                path: "/locations/\(row.code)",
                code: row.code,
                shop: row.shop,
                name: row.name,
                devices: words.counted("device_count", row.devices),
                label: labelsPath(of: [row.code])
            )
        }
        isEmpty = rows.isEmpty
        opened =
            codes.isEmpty
            ? nil
            : Opened(
                words: words.counted("location_opened", codes.count),
                labels: labelsPath(of: codes.map(\.description))
            )
        labels =
            isEmpty ? nil : "/locations/labels" + (shops.current.map { "?shop=\($0.code)" } ?? "")
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/locations" },
                next: part.next.map { "/locations?after=\($0)" },
                words: words.counted("location_count", rows.count)
            )
    }
}

/// The page that prints these locations' labels.
private func labelsPath(of codes: [String]) -> String {
    "/locations/labels?codes=" + codes.joined(separator: ",")
}

/// A room or a shelf: what lies there, and the field in which what is put there is scanned.
struct LocationPage: Page {
    static let template = "location"

    let path: String
    let code: String
    let name: String
    let shop: String
    let status: Tag?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    /// Nil once it is closed.
    let scanned: Field?
    /// The page that prints its label; nil once it is closed.
    let labelPath: String?
    let key: String
    /// Nil for one that holds something or is closed.
    let closing: CountPage.Keyed?
    let devices: [DeviceLine]
    let isEmpty: Bool
    let pager: Pager?

    init(
        _ words: Words,
        _ row: LocationRow,
        _ part: Paged<DeviceRow>,
        after: String?,
        _ draft: Draft = Draft(),
        newKey: () -> String
    ) {
        let language = words.language
        path = "/locations/\(row.code)"
        code = row.code
        name = row.name
        shop = row.shop
        let isOpen = row.closedAt == nil
        status =
            isOpen ? nil : Tag(tone: "", icon: "lock", words: words("location_closed"))
        mistakes = draft.mistakes(in: language, fields: isOpen ? ["scanned"] : [])
        refusal = draft.card(in: language, fields: isOpen ? ["scanned"] : [])
        scanned =
            isOpen
            ? Field(
                "scanned",
                label: words("location_scan"),
                value: draft.value("scanned"),
                hint: words("location_scan_hint"),
                error: draft.error("scanned", in: language)
            ) : nil
        labelPath = isOpen ? labelsPath(of: [row.code]) : nil
        key = newKey()
        closing =
            isOpen && row.devices == 0
            ? CountPage.Keyed(key: newKey(), words: words("location_close")) : nil
        devices = part.items.map { DeviceLine($0, words) }
        isEmpty = devices.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/locations/\(row.code)" },
                next: part.next.map { "/locations/\(row.code)?after=\($0)" },
                words: words.counted("device_count", devices.count)
            )
    }
}

/// Labels of shelves, in the size of a device's.
struct LocationLabelsPage: Page {
    static let template = "location-labels"

    let labels: [Label]
    let isEmpty: Bool
    /// The next page of them; nil on the last.
    let next: String?

    struct Label: Sendable {
        let code: String
        let room: String
        let shelf: String
        let qr: Markup
        let code128: Markup
        let mark: String?
    }

    init(_ part: Paged<LocationRow>, of shop: String?, isDemonstration: Bool) {
        labels = part.items.map { row in
            Label(
                code: row.code,
                room: row.room,
                shelf: row.shelf,
                qr: Barcode.qr(row.code),
                code128: Barcode.code128(row.code),
                mark: isDemonstration ? Demonstrated.mark : nil
            )
        }
        isEmpty = labels.isEmpty
        next = part.next.map {
            "/locations/labels?after=\($0)" + (shop.map { "&shop=\($0)" } ?? "")
        }
    }
}
