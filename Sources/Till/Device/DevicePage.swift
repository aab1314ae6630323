import Shop
import Store

/// One machine: what it is, what is still to be done with it, what was done.
struct DevicePage: Page {
    static let template = "device"

    let label: String
    let name: String
    let kind: String
    let path: String
    let labelPath: String
    let passportPath: String
    let status: Status
    let refusal: RefusalCard?
    let facts: [Fact]
    let fromPublicBody: Bool
    /// The lot with which it came, for whoever may open it.
    let batch: String?
    let disks: [DiskLine]
    let hasDisks: Bool
    /// What the last inspection found, where the list is only read; when it was.
    let checks: [Check]
    let hasChecks: Bool
    let inspectedOn: String?
    /// Its last grading since it is here.
    let graded: Graded?
    /// Disks that are failing; nil where none is, and for what is nobody's to prepare.
    let failing: Failing?
    /// What is to be done next, in a word; nil when nothing is.
    let next: String?
    let hasMore: Bool
    let history: [Event]
    /// Each present when the reader may do it and the machine is ready for it.
    let inspecting: Inspecting?
    let erasing: Erasing?
    let grading: GradingForm?
    let kit: KitForm?
    let shelving: Shelving?
    let repricing: Repricing?
    let withdrawing: Withdrawing?
    let reserving: Reserving?
    let releasing: Releasing?
    let removing: Leaving?
    let reversing: Reversing?
    /// Where after-sales takes it, or goes on with it; nil for what nobody has.
    let service: Service?
    /// Where it lies, and the field in which the shelf is scanned on which it is put; for who works the stock, of what is in it.
    let placing: Placing?
    /// Nil where there is none to see and none to take.
    let pictures: PictureSection?

    struct Placing: Sendable {
        let path: String
        let key: String
        let scanned: Field
        /// Nil where nobody said.
        let place: Place?

        struct Place: Sendable {
            let path: String
            let name: String
            /// To say that it is not there.
            let endPath: String
            let endKey: String
        }
    }

    struct Failing: Sendable {
        let disks: [String]
        let help: String
    }

    struct Service: Sendable {
        let path: String
        let words: String
    }

    struct Leaving: Sendable {
        let path: String
        let key: String
        let isOpen: Bool
        let kind: Choice
        let removedOn: Field
        let collector: Field
        let slip: Field
        let weight: Field
        let motive: Field
    }

    struct Reversing: Sendable {
        let path: String
        let key: String
        let motive: Field
    }

    struct Fact: Sendable {
        let name: String
        let value: String
    }

    struct DiskLine: Sendable {
        let name: String
        let serial: String
        let tone: String
        let icon: String
        let words: String
        /// When and how it was erased; nil while it waits.
        let erasure: String?
        /// What the disk says of its own wear; nil when it said nothing.
        let health: Health?
        let removing: Removing?

        struct Health: Sendable {
            let tone: String
            let icon: String
            let words: String
            /// Hours, bad sectors, what is used up.
            let details: String
        }

        struct Removing: Sendable {
            let path: String
            let key: String
            let disk: String
        }
    }

    struct Check: Sendable {
        let name: String
        let tone: String
        let icon: String
        let words: String
        /// What the fault is; nil where nothing was said.
        let remark: String?
    }

    struct Event: Sendable {
        let at: String
        let words: String
        let detail: String
        /// The ticket by which it left, or the case, for whoever may open it.
        let ticket: String?
        let operatorCode: String
    }

    struct Inspecting: Sendable {
        let path: String
        let key: String
        /// The version that is gone through, and its name in words.
        let list: String
        let followed: String
        let items: [Item]
        /// What today's list asks and the last inspection did not try; nil where there is nothing of it.
        let missing: String?
        /// Disks that say of themselves that they are to be replaced.
        let failing: [String]

        struct Item: Sendable {
            let id: String
            let item: String
            let words: String
            let help: String?
            /// Whether a fault is only told to the buyer.
            let isNoted: Bool
            /// What the last inspection found wrong.
            let last: String?
            /// What was ticked and typed, where the form comes back.
            let isFailed: Bool
            let remark: String
        }

        /// Whether this is the step to do now.
        let isNext: Bool
    }

    struct Erasing: Sendable {
        let path: String
        let key: String
        let disk: Choice
        let method: Choice
        let level: Choice
        let tool: Field
        let toolVersion: Field
        let isNext: Bool
    }

    struct Shelving: Sendable {
        let path: String
        let key: String
        /// Nil where its kind is graded: it goes with the grade that it was given.
        let grade: Choice?
        /// That grade, in words.
        let given: String?
        let price: Field
        /// What is proposed, in words.
        let prices: [String]
        /// Whether an unusual price is to be confirmed.
        let isAsked: Bool
    }

    struct Repricing: Sendable {
        let path: String
        let key: String
        let price: Field
        let isAsked: Bool
        let isOpen: Bool
    }

    struct Withdrawing: Sendable {
        let path: String
        let key: String
        let motive: Field
    }

    struct Reserving: Sendable {
        let path: String
        let key: String
        let person: Field
        let until: Field
    }

    struct Releasing: Sendable {
        let path: String
        let key: String
        let words: String
    }

    /// - Parameters:
    ///   - proposal: what it would be graded and offered at, for a machine that is to be prepared.
    ///   - key: makes the request key of a form.
    ///   - refusal: why what was sent was refused.
    init(
        _ words: Words,
        _ card: DeviceCard,
        mayWork: Bool,
        mayOpenTickets: Bool = false,
        mayServe: Bool = false,
        today: Day,
        pictures: PictureSection? = nil,
        proposal: GradingProposal? = nil,
        form: Form = Form(encoded: ""),
        refusal: Refusal? = nil,
        key: () -> String
    ) {
        let row = card.device
        let path = "/devices/\(row.label)"
        label = row.label
        name = row.shownName(words)
        kind = row.kind.name(in: words.language)
        self.path = path
        labelPath = path + "/label"
        passportPath = path + "/passport"
        status = Status(row, words)
        self.refusal = refusal.map { RefusalCard($0, in: words.language) }
        self.pictures = pictures
        placing =
            mayWork && [.inWork, .onShelf].contains(row.stage)
            ? Placing(words, row, path: path + "/location", form: form, key: key) : nil
        facts = Self.facts(card, words, tellsPlace: placing == nil)
        fromPublicBody = card.fromPublicBody
        batch = mayWork ? card.batch : nil
        let mayPrepare = mayWork && row.stage == .inWork
        disks = card.disks.map { disk in
            DiskLine(
                disk,
                words,
                removing: mayPrepare
                    ? .init(path: path + "/disks/removal", key: key(), disk: disk.id.text) : nil
            )
        }
        hasDisks = !card.disks.isEmpty
        checks = mayPrepare ? [] : card.lastInspection?.results.map { Check($0, words) } ?? []
        hasChecks = !checks.isEmpty
        inspectedOn = card.lastInspection.map {
            words(
                row.stage == .left ? "device_left_inspected_on" : "device_inspected_on",
                ["day": $0.at.day.printed, "list": words.list($0.listStartsOn)]
            )
        }
        func ticket(of event: DeviceEvent) -> String? {
            mayOpenTickets && [.sold, .given].contains(event.kind) && !event.detail.isEmpty
                ? "/receipts/\(event.detail)" : nil
        }
        history = card.history.map { event in
            Event(
                at: "\(event.at.day.printed) \(event.at.clock)",
                words: event.kind.words(in: words.language),
                detail: event.shownDetail(words),
                ticket: mayServe
                    ? event.afterSales.map { "/after-sales/\($0.code)" } ?? ticket(of: event)
                    : ticket(of: event),
                operatorCode: event.operatorCode
            )
        }
        inspecting =
            mayPrepare && !card.inspection.isEmpty
            ? Inspecting(
                words,
                card,
                form,
                path: path + "/inspections",
                key: key(),
                isNext: !row.inspected
            ) : nil
        let bad = card.disks.failing(words)
        failing =
            mayWork && [.inWork, .onShelf].contains(row.stage) && !row.sound
            ? Failing(
                disks: bad,
                help: words(
                    row.stage == .onShelf ? "device_disk_off_shelf" : "device_disk_replace_help"
                )
            ) : nil
        let waiting = card.disks.filter { $0.erasure == nil }
        erasing =
            mayPrepare && !waiting.isEmpty
            ? Erasing(
                words,
                waiting,
                path: path,
                key: key(),
                isNext: row.inspected || card.inspection.isEmpty
            )
            : nil
        let isAsked = refusal?.reason == .devicePriceUnusual
        let isReady = mayPrepare && row.inspected && row.sound && row.erased
        graded = card.grading.map { Graded($0, words) }
        let isGraded = proposal.map { !$0.rules.isEmpty } ?? false
        let given = isGraded && row.graded ? card.grading?.given.grade : nil
        let proposed = given.flatMap { proposal?.price(of: $0) }
        let price = Field(
            "price",
            label: words("device_price"),
            value: form["price"] ?? (isReady ? proposed.map { typed($0, words) } : nil) ?? "",
            hint: words("device_price_hint")
        )
        let isWhole = card.kit.allSatisfy { !$0.isAsked || $0.isThere }
        let parts = card.kit.filter(\.isAsked)
        kit =
            mayWork && [.inWork, .onShelf].contains(row.stage) && !parts.isEmpty
            ? KitForm(
                words,
                parts,
                path: path + "/kit",
                key: key(),
                form: form,
                isNext: isReady && (!isGraded || given != nil) && !isWhole
            ) : nil
        shelving =
            isReady && (!isGraded || given != nil) && isWhole
            ? Shelving(
                path: path + "/stays",
                key: key(),
                grade: isGraded
                    ? nil
                    : Choice(
                        "grade",
                        label: words("device_grade"),
                        options: Grade.allCases.map { ($0.rawValue, $0.name(in: words.language)) },
                        chosen: form["grade"] ?? Grade.b.rawValue
                    ),
                given: given.map {
                    words("device_grade_is", ["grade": $0.name(in: words.language)])
                },
                price: price,
                prices: proposal.map { $0.told(words, given) } ?? [],
                isAsked: isAsked
            ) : nil
        grading =
            mayPrepare && isGraded
            ? proposal.map { proposal in
                GradingForm(
                    words,
                    proposal,
                    path: path + "/gradings",
                    key: key(),
                    form: form,
                    isNext: isReady && given == nil,
                    isUnsellable: row.graded && card.grading?.given == .unsellable
                )
            } : nil
        let isShelved = mayWork && row.stage == .onShelf
        repricing =
            isShelved
            ? Repricing(
                path: path + "/price",
                key: key(),
                price: price,
                isAsked: isAsked,
                isOpen: form["price"] != nil
            ) : nil
        withdrawing =
            isShelved
            ? Withdrawing(
                path: path + "/withdrawal",
                key: key(),
                motive: Field(
                    "motive",
                    label: words("device_withdraw_motive"),
                    hint: words("device_withdraw_hint")
                )
            ) : nil
        next =
            !mayPrepare
            ? nil
            : inspecting?.isNext == true
                ? words("device_inspect")
                : erasing != nil
                    ? words("device_erase")
                    : grading?.isNext == true
                        ? words("grading_do")
                        : kit?.isNext == true
                            ? words("kit_do") : shelving != nil ? words("device_shelve") : nil
        let isHere = mayWork && row.stage != .left
        releasing =
            isHere
            ? row.reservedUntil.map {
                Releasing(
                    path: path + "/reservations/end",
                    key: key(),
                    words: words("device_reserved_until", ["day": $0.printed])
                )
            } : nil
        reserving =
            isHere && row.reservedUntil == nil
            ? Reserving(
                path: path + "/reservations",
                key: key(),
                person: Field(
                    "person",
                    label: words("device_person"),
                    hint: words("device_person_hint")
                ),
                until: Field("until", label: words("device_until"), type: "date")
            ) : nil
        removing =
            isHere && row.reservedUntil == nil
            ? Leaving(words, form, path: path + "/removals", key: key(), today: today) : nil
        reversing =
            mayWork && row.stage == .left && [.recycling, .loss].contains(row.exit)
            ? Reversing(
                path: path + "/removals/reversal",
                key: key(),
                motive: Field(
                    "motive",
                    label: FieldName.motive.label(in: words.language),
                    hint: words("device_reverse_hint")
                )
            ) : nil
        hasMore = isHere || reversing != nil
        service =
            !mayServe
            ? nil
            : row.afterSales.map {
                Service(path: "/after-sales/\($0)", words: words("after_sales_go_on"))
            }
                ?? (row.stage == .left && [.sale, .gift].contains(row.exit)
                    ? Service(
                        path: "/after-sales/new?label=\(row.label)",
                        words: words("after_sales_open")
                    ) : nil)
    }

    private static func facts(
        _ card: DeviceCard,
        _ words: Words,
        tellsPlace: Bool
    ) -> [Fact] {
        let row = card.device
        let facts: [(String, String?)] = [
            ("device_serial", card.serial.isEmpty ? words("device_no_serial") : card.serial),
            ("device_processor", row.processor),
            ("device_memory", row.memoryMB.map { gigabytes(mebibytes: $0, in: words.language) }),
            ("device_screen", card.screen),
            ("device_battery", card.batteryPercent.map { "\($0)\u{A0}%" }),
            ("device_chassis", Chassis(rawValue: card.chassis)?.name(in: words.language)),
            ("kit_with", card.kit.withIt(in: words.language)),
            ("device_shop", row.shop),
            ("location_name", tellsPlace ? row.location?.name : nil),
            ("device_grade", row.grade?.name(in: words.language)),
            ("device_price", row.price.map { Written.cents($0, in: words.language) }),
            ("device_taken_in", card.takenInAt.day.printed),
        ]
        return facts.compactMap { key, value in
            guard let value, !value.isEmpty else { return nil }
            return Fact(name: words(key), value: value)
        }
    }
}

extension DevicePage.Placing {
    fileprivate init(
        _ words: Words,
        _ row: DeviceRow,
        path: String,
        form: Form,
        key: () -> String
    ) {
        self.path = path
        self.key = key()
        scanned = Field(
            "scanned",
            label: words("location_scan_shelf"),
            value: form["scanned"] ?? "",
            hint: words("location_scan_shelf_hint")
        )
        place = row.location.map {
            Place(
                path: "/locations/\($0.code)",
                name: $0.name,
                endPath: path + "/end",
                endKey: key()
            )
        }
    }
}

extension DevicePage.Leaving {
    fileprivate init(_ words: Words, _ form: Form, path: String, key: String, today: Day) {
        let language = words.language
        let form = form["removal"] == nil ? Form(encoded: "") : form
        self.path = path
        self.key = key
        isOpen = form["removal"] != nil
        func field(
            _ name: FieldName,
            _ value: String = "",
            type: String = "text",
            hint: String? = nil
        )
            -> Field
        {
            Field(
                name.name,
                label: name.label(in: language),
                value: form[name.name] ?? value,
                hint: hint,
                type: type,
                isRequired: false,
                isOptional: false
            )
        }
        kind = Choice(
            "removal",
            label: FieldName.removalKind.label(in: language),
            options: Removal.Kind.allCases.map { ($0.rawValue, $0.name(in: language)) },
            chosen: form["removal"] ?? Removal.Kind.recycling.rawValue
        )
        removedOn = field(.removedOn, today.iso, type: "date")
        collector = field(.collector, hint: words("device_remove_recycled"))
        slip = field(.slip)
        weight = field(.weight, hint: words("batch_weight_hint"))
        motive = Field(
            "removal_motive",
            label: FieldName.motive.label(in: language),
            value: form["removal_motive"] ?? "",
            hint: words("device_remove_motive_hint")
        )
    }
}

extension DevicePage.DiskLine {
    init(_ disk: DeviceCard.FittedDisk, _ words: Words, removing: Removing?) {
        name = disk.shownName(words)
        serial = disk.serial
        if let erasure = disk.erasure {
            tone = "done"
            icon = "done"
            self.words = words("device_erased")
            self.erasure = words(
                "device_erased_on",
                [
                    "day": erasure.at.day.printed,
                    "method": erasure.method.name(in: words.language),
                    "level": erasure.level.name(in: words.language),
                ]
            )
        } else {
            tone = "warning"
            icon = "erase"
            self.words = words("device_to_erase")
            erasure = nil
        }
        health = disk.health.map { Health($0, words) }
        self.removing = removing
    }
}

extension DevicePage.DiskLine.Health {
    init(_ health: DeviceCard.FittedDisk.Health, _ words: Words) {
        switch health.condition {
        case .good?: (tone, icon) = ("done", "done")
        case .watch?: (tone, icon) = ("warning", "warning")
        case .replace?: (tone, icon) = ("refused", "refused")
        case nil: (tone, icon) = ("", "info")
        }
        self.words =
            health.condition?.name(in: words.language) ?? words("device_disk_no_verdict")
        details =
            [
                health.wear.words(in: words.language),
                words("device_disk_told_on", ["day": health.recordedAt.day.printed]),
            ].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}

extension [DeviceCard.FittedDisk] {
    /// Those that are to be replaced.
    fileprivate func failing(_ words: Words) -> [String] {
        filter { $0.health?.condition == .replace }
            .map { words("device_disk_failing", ["disk": $0.named(words)]) }
    }
}

extension DeviceCard.FittedDisk {
    /// What it is and its serial.
    func named(_ words: Words) -> String {
        serial.isEmpty ? shownName(words) : "\(shownName(words)) \(serial)"
    }

    func shownName(_ words: Words) -> String {
        let kind = words("device_disk_\(kind.rawValue)")
        return sizeGB > 0
            ? "\(kind) \(gigabytes(sizeGB, in: words.language))"
            : words("device_disk_unread", ["kind": kind])
    }
}

extension Words {
    /// Which version of an inspection list: by its first day, but for the one that came with the installation.
    func list(_ startsOn: Day) -> String {
        startsOn == firstDay
            ? self("inspection_of_first") : self("inspection_of_day", ["day": startsOn.printed])
    }
}

extension DevicePage.Check {
    init(_ check: DeviceCard.Checked, _ words: Words, tellsRemark: Bool = true) {
        name = check.item.name(in: words.language)
        switch check.passed {
        case true?: (tone, icon, self.words) = ("done", "done", words("device_passed"))
        case false? where !check.item.mustPass:
            (tone, icon, self.words) = ("warning", "info", words("inspection_noted_fault"))
        case false?: (tone, icon, self.words) = ("refused", "refused", words("device_failed"))
        case nil: (tone, icon, self.words) = ("warning", "waiting", words("device_not_tried"))
        }
        remark = tellsRemark ? check.remark : nil
    }
}

extension DevicePage.Inspecting {
    fileprivate init(
        _ words: Words,
        _ card: DeviceCard,
        _ form: Form,
        path: String,
        key: String,
        isNext: Bool
    ) {
        let language = words.language
        let failed = Set(form["list"] == nil ? [] : form.all("failed"))
        self.path = path
        self.key = key
        list = card.listStartsOn?.iso ?? ""
        followed = words("inspection_follows", ["list": card.listStartsOn.map(words.list) ?? ""])
        items = card.inspection.map { check in
            let help = check.item.help(in: language)
            return Item(
                id: "item-\(check.item.item)",
                item: check.item.item,
                words: check.item.name(in: language),
                help: help.isEmpty ? nil : help,
                isNoted: !check.item.mustPass,
                last: check.passed == false
                    ? words(
                        "inspection_last_time",
                        ["what": check.remark ?? words("device_failed")]
                    )
                    : nil,
                isFailed: failed.contains(check.item.item),
                remark: form["remark-\(check.item.item)"] ?? ""
            )
        }
        let untried = card.inspection.filter { $0.passed == nil }
        missing =
            card.lastInspection == nil || untried.isEmpty
            ? nil
            : words(
                "inspection_asks_more",
                ["items": untried.map { $0.item.name(in: language) }.joined(separator: ", ")]
            )
        failing = card.disks.failing(words)
        self.isNext = isNext
    }
}

extension DevicePage.Erasing {
    fileprivate init(
        _ words: Words,
        _ disks: [DeviceCard.FittedDisk],
        path: String,
        key: String,
        isNext: Bool
    ) {
        self.path = path + "/erasures"
        self.key = key
        disk = Choice(
            "disk",
            label: words("device_disk"),
            options: disks.map { ($0.id.text, "\($0.shownName(words)) \($0.serial)") },
            chosen: disks.first?.id.text
        )
        let isFlash = disks.contains { $0.kind == .ssd || $0.kind == .nvme }
        method = Choice(
            "method",
            label: words("device_method"),
            options: ErasureMethod.allCases.map { ($0.rawValue, $0.name(in: words.language)) },
            chosen: (isFlash ? ErasureMethod.secureErase : .overwrite).rawValue
        )
        level = Choice(
            "level",
            label: words("device_level"),
            options: ErasureLevel.allCases.map { ($0.rawValue, $0.name(in: words.language)) },
            chosen: (isFlash ? ErasureLevel.purge : .clear).rawValue
        )
        tool = Field("tool", label: words("device_tool"), value: "nwipe")
        toolVersion = Field("tool_version", label: words("device_tool_version"), isRequired: false)
        self.isNext = isNext
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
        case .takenIn, .fileRead, .diskRemoved, .erased, .inspected, .inspectionFailed, .sold,
            .given,
            .transferred, .arrived, .sentBack, .toAfterSales, .recycled, .lost, .withdrawn,
            .cameAgain, .foundAgain, .kitChecked:
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
