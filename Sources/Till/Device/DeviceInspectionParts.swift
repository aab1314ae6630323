import Shop
import Store

extension DevicePage {
    struct Check: Sendable {
        let name: String
        let tone: String
        let icon: String
        let words: String
        /// What the fault is; nil where nothing was said.
        let remark: String?
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
}

extension Words {
    /// Which version of an inspection list: by its first day, but for the one that came with the installation.
    func list(_ startsOn: Day) -> String {
        startsOn == firstDay
            ? self("inspection_of_first") : self("inspection_of_day", ["day": startsOn.printed])
    }
}

extension DeviceCard {
    /// When it was inspected last, and by which list; nil when it was not.
    func inspectedOn(_ words: Words) -> String? {
        lastInspection.map {
            words(
                device.stage == .left ? "device_left_inspected_on" : "device_inspected_on",
                ["day": $0.at.day.printed, "list": words.list($0.listStartsOn)]
            )
        }
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
    /// Nil where nothing is tried on machines of its kind, and for who may not prepare it.
    init?(_ source: DeviceSource) {
        let (words, card, form) = (source.words, source.card, source.form)
        guard source.mayPrepare, !card.inspection.isEmpty else { return nil }
        let language = words.language
        let failed = Set(form["list"] == nil ? [] : form.all("failed"))
        path = source.path + "/inspections"
        key = source.key()
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
        isNext = !source.row.inspected && source.row.sound
    }
}
