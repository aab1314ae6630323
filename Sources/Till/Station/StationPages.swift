import Shop
import Store

/// Test benches that send their files by themselves.
struct StationsPage: Page {
    static let template = "stations"

    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager?
    /// How many of their files wait, in words; nil where none does.
    let waiting: String?
    let workplace: WorkplaceBar?
    let picker: WorkplacePicker?
    let opening: Opening?
    let mistakes: Mistakes?
    let refusal: RefusalCard?

    struct Row: Sendable {
        let path: String
        let code: String
        let name: String
        let shop: String
        let seen: String
        let status: Tag
    }

    struct Opening: Sendable {
        let key: String
        /// The shop that the form names; empty where there is but one.
        let shop: String
        let name: Field
    }

    init(
        _ words: Words,
        _ part: Paged<StationRow>,
        after: String?,
        waiting count: Int,
        shops: Workplaces,
        key: String,
        form: Form? = nil,
        refusal: Refusal? = nil
    ) {
        let language = words.language
        rows = part.items.map { station in
            Row(
                path: "/stations/\(station.code)",
                code: station.code,
                name: station.name,
                shop: station.shop,
                seen: station.seen(words),
                status: Tag(station, words)
            )
        }
        isEmpty = part.items.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/stations" },
                next: part.next.map { "/stations?after=\($0)" },
                words: words.counted("station_count", part.items.count)
            )
        waiting = count == 0 ? nil : words.counted("station_wait", count)
        workplace = shops.current.flatMap { WorkplaceBar(shops, $0, at: "/stations") }
        picker = shops.current == nil ? WorkplacePicker(words, shops, next: "/stations") : nil
        let wrong = refusal?.field == .name ? refusal?.told(in: language).what : nil
        mistakes = Mistakes(wrong.map { [(name: "name", words: $0)] } ?? [])
        self.refusal = wrong == nil ? refusal.map { RefusalCard($0, in: language) } : nil
        opening = shops.current.map { shop in
            Opening(
                key: key,
                shop: shop.code,
                name: Field(
                    "name",
                    label: FieldName.name.label(in: language),
                    value: form?["name"] ?? "",
                    hint: words("station_name_hint"),
                    error: wrong
                )
            )
        }
    }
}

extension Tag {
    fileprivate init(_ station: StationRow, _ words: Words) {
        let isOpen = station.revokedAt == nil
        self.init(
            tone: isOpen ? "done" : "",
            icon: isOpen ? "done" : "lock",
            words: words(isOpen ? "station_sends" : "station_revoked")
        )
    }
}

extension StationRow {
    fileprivate func seen(_ words: Words) -> String {
        seenAt.map { Refusal.Fact.instant($0).written(in: words.language) }
            ?? words("station_never_seen")
    }
}

/// One test bench: how it sends, and how that is ended.
struct StationPage: Page {
    static let template = "station"

    let code: String
    let name: String
    let status: Tag
    let facts: [DevicePage.Fact]
    /// The line of the header file with its token; nil but on the answer that opened it.
    let header: String?
    /// The command that sends a file.
    let command: String
    let revoking: Act?
    let lot: Lot?
    let mistakes: Mistakes?
    let refusal: RefusalCard?

    struct Act: Sendable {
        let path: String
        let key: String
    }

    /// The form that puts a lot on the bench.
    struct Lot: Sendable {
        let act: Act
        let code: Field
    }

    /// - Parameters:
    ///   - token: shown once, when the station was just opened.
    ///   - address: where the bench reaches this service.
    init(
        _ words: Words,
        _ station: StationRow,
        token: String? = nil,
        at address: String,
        form: Form? = nil,
        refusal: Refusal? = nil,
        newKey: () -> String
    ) {
        let language = words.language
        code = station.code
        name = station.name
        status = Tag(station, words)
        func written(_ instant: Instant) -> String {
            Refusal.Fact.instant(instant).written(in: language)
        }
        var facts = [
            ("station_shop", station.shop),
            ("station_opened", "\(written(station.openedAt)) (\(station.openedBy))"),
            ("station_seen", station.seen(words)),
            ("batch_batch", station.batch ?? words("station_batch_none")),
        ]
        if let revokedAt = station.revokedAt {
            let by = station.revokedBy.map { " (\($0))" } ?? ""
            facts.append(("station_revoked", written(revokedAt) + by))
        }
        self.facts = facts.map { DevicePage.Fact(name: words($0.0), value: $0.1) }
        header = token.map { "Authorization: Bearer \($0)" }
        command =
            "curl --fail-with-body -H @comptoir.header -H 'Content-Type: application/octet-stream'"
            + " --data-binary @poste.json '\(address)/api/v1/stations/files?name=poste.json'"
        let wrong = refusal?.told(in: language).what
        mistakes = Mistakes(wrong.map { [(name: "batch", words: $0)] } ?? [])
        guard station.revokedAt == nil else {
            (revoking, lot) = (nil, nil)
            self.refusal = refusal.map { RefusalCard($0, in: language) }
            return
        }
        self.refusal = nil
        let path = "/stations/\(station.code)"
        revoking = Act(path: path + "/revocation", key: newKey())
        lot = Lot(
            act: Act(path: path + "/batch", key: newKey()),
            code: Field(
                "batch",
                label: words("batch_batch"),
                value: form?["batch"] ?? station.batch ?? "",
                hint: words("station_batch_hint"),
                error: wrong,
                isRequired: false
            )
        )
    }
}

/// Files of test benches that wait for a person.
struct WaitingFilesPage: Page {
    static let template = "waiting-files"

    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager?
    let refusal: RefusalCard?

    struct Row: Sendable {
        let id: String
        let path: String
        let name: String
        let summary: String
        let doubt: String
        /// The machine that it may be of.
        let label: String?
        let station: String
        let at: String
        let key: String
        let asideKey: String
        /// The lot that was typed.
        let batch: String
        let isPublic: Bool
    }

    /// - Parameters:
    ///   - form: what was sent of one of them.
    ///   - newKey: makes the request key of a form.
    init(
        _ words: Words,
        _ part: Paged<WaitingFileRow>,
        after: String?,
        form: Form? = nil,
        refusal: Refusal? = nil,
        newKey: () -> String
    ) {
        let language = words.language
        let asked = form?["file"]
        rows = part.items.map { file in
            let isAsked = asked == file.id.text
            return Row(
                id: file.id.text,
                path: "/waiting-files/\(file.id)",
                name: file.name,
                summary: file.summary,
                doubt: file.doubt.words(file.label, in: language),
                label: file.label,
                station: "\(file.stationName) (\(file.station))",
                at: Refusal.Fact.instant(file.receivedAt).written(in: language),
                key: newKey(),
                asideKey: newKey(),
                batch: isAsked ? form?["batch"] ?? "" : "",
                isPublic: isAsked && form?["public"] == "yes"
            )
        }
        isEmpty = part.items.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/waiting-files" },
                next: part.next.map { "/waiting-files?after=\($0)" },
                words: words.counted("station_wait", part.items.count)
            )
        self.refusal = refusal.map { RefusalCard($0, in: language) }
    }
}
