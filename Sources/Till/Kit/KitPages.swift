import Shop
import Store

/// What goes with machines of each kind, and the form that changes it.
struct KitsPage: Page {
    static let template = "kits"

    let rows: [Row]
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let pager: Pager?
    /// For who works the stock of every shop.
    let setting: Setting?

    struct Row: Sendable {
        let kind: String
        let parts: String
        let since: String
        /// Nil for a kind without a rule.
        let status: Tag?
        /// Where its rule is changed; nil for who may not, and for a rule that holds no more.
        let change: String?
        /// For a rule that is to come.
        let withdrawing: Withdrawing?
    }

    struct Withdrawing: Sendable {
        let path: String
        let key: String
        let startsOn: String
        /// Whose it is, and from when on.
        let whose: String
        /// What cannot be undone.
        let help: String
    }

    struct Setting: Sendable {
        let key: String
        let kind: String
        let title: String
        let startsOn: Field
        /// Where an article is looked up that is not shown; nil where all are.
        let articles: ArticleSearch?
        let parts: [Choice.Option]
        let hasParts: Bool
        /// Whether it is said that nothing goes with it.
        let isNothing: Bool
    }

    /// - Parameters:
    ///   - present: the rules that hold today.
    ///   - current: the last rule of the kind that is changed; nil where it has none.
    init(
        _ words: Words,
        _ rules: Paged<KitRule>,
        present: [KitRule],
        offered: OfferedProducts,
        today: Day,
        changing kind: DeviceKind? = nil,
        from current: KitRule? = nil,
        maySet: Bool,
        after: String? = nil,
        _ draft: Draft = Draft(),
        key: () -> String
    ) {
        let language = words.language
        let fields: Set<String> = ["starts_on", "part"]
        func change(_ kind: DeviceKind) -> String? {
            maySet ? "/kits?kind=\(kind.rawValue)" : nil
        }
        let ruled = rules.items.map { rule in
            let holds = present.contains {
                ($0.deviceKind, $0.startsOn) == (rule.deviceKind, rule.startsOn)
            }
            let isComing = rule.startsOn > today && rule.withdrawn == nil
            let (kind, since) = (rule.deviceKind.name(in: language), rule.startsOn.printed)
            return Row(
                kind: kind,
                parts: rule.parts.isEmpty
                    ? words("kit_nothing")
                    : rule.parts.map { $0.name(in: language) }.joined(separator: ", "),
                since: rule.startsOn == firstDay ? "" : since,
                status: Tag(rule, words, holds: holds, isComing: isComing),
                change: isComing || holds ? change(rule.deviceKind) : nil,
                withdrawing: maySet && isComing
                    ? Withdrawing(
                        path: "/kits/\(rule.deviceKind.rawValue)/withdrawal",
                        key: key(),
                        startsOn: rule.startsOn.iso,
                        whose: "\(kind), \(since)",
                        help: words("kit_withdraw_help", ["day": since])
                    ) : nil
            )
        }
        let free = DeviceKind.allCases.filter { kind in
            after == nil && !(present + rules.items).contains { $0.deviceKind == kind }
        }
        rows =
            ruled
            + free.map { kind in
                Row(
                    kind: kind.name(in: language),
                    parts: words("kit_nothing"),
                    since: "",
                    status: nil,
                    change: change(kind),
                    withdrawing: nil
                )
            }
        pager =
            rules.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/kits" },
                next: rules.next.map { "/kits?after=\($0)" },
                words: words.counted("kit_count", rules.items.count)
            )
        mistakes = draft.mistakes(in: language, fields: fields)
        refusal = draft.card(in: language, fields: fields)
        let isTyped = draft.form["starts_on"] != nil
        // Who searched for one by its code, or found one alone, meant it.
        let asked = draft.article.flatMap { try? ShortCode(typed: $0).text }
        let found = (offered.found ?? []).map(\.code)
        let meant = found.count == 1 ? found : found.filter { $0 == asked }
        let chosen = Self.chosen(from: current, draft) + meant
        setting = kind.flatMap { kind in
            guard maySet else { return nil }
            return Setting(
                key: key(),
                kind: kind.rawValue,
                title: words("kit_change", ["kind": kind.name(in: language)]),
                startsOn: Field(
                    .startsOn,
                    draft,
                    in: language,
                    value: today.iso,
                    type: "date"
                ),
                articles: ArticleSearch(words, offered, of: [.accessory], draft, at: "/kits"),
                parts: offered.all.map {
                    Choice.Option(
                        id: "part-\($0.code)",
                        group: "part",
                        value: $0.code,
                        words: $0.name(in: language),
                        isChosen: chosen.contains($0.code)
                    )
                },
                hasParts: !offered.all.isEmpty || offered.hasMore,
                isNothing: isTyped
                    ? draft.isTicked("none") && meant.isEmpty
                    : current.map(\.parts.isEmpty) ?? false
            )
        }
    }

    /// The codes that are ticked: as the form came back, or as the rule says that is changed.
    static func chosen(from current: KitRule?, _ draft: Draft) -> [String] {
        guard draft.form["starts_on"] == nil else { return draft.form.all("part") }
        return current?.parts.map(\.product) ?? []
    }
}

extension Tag {
    fileprivate init(_ rule: KitRule, _ words: Words, holds: Bool, isComing: Bool) {
        if let withdrawn = rule.withdrawn {
            let said = ["day": withdrawn.at.day.printed, "operator": withdrawn.operatorCode]
            self.init(tone: "", icon: "undo", words: words("kit_withdrawn", said))
        } else if isComing {
            self.init(tone: "", icon: "clock", words: words("kit_coming"))
        } else if holds {
            self.init(tone: "done", icon: "done", words: words("kit_holds"))
        } else {
            self.init(tone: "", icon: "back", words: words("kit_past"))
        }
    }
}

/// Which parts are with a machine: `{{#kit}}{{>kit-form}}{{/kit}}`.
struct KitForm: Sendable {
    let path: String
    let key: String
    let parts: [Choice]
    /// Whether this is the step to do now.
    let isNext: Bool
    /// Whether it came back refused.
    let isOpen: Bool

    /// - Parameter isNext: whether the machine is ready but for this.
    init(
        _ words: Words,
        _ parts: [DeviceKitPart],
        path: String,
        key: String,
        form: Form,
        isNext: Bool
    ) {
        self.path = path
        self.key = key
        self.parts = parts.map { part in
            let name = kitField(part.product)
            return Choice(
                name,
                label: part.name(in: words.language),
                options: KitFinding.allCases.map { finding in
                    (
                        finding.rawValue,
                        words(
                            "kit_found_\(finding.rawValue)",
                            ["units": words.number(part.free)]
                        )
                    )
                },
                // What was taken from the stock once is with the machine now.
                chosen: form[name]
                    ?? part.found.map { ($0.isThere ? .present : $0).rawValue }
            )
        }
        self.isNext = isNext
        isOpen = parts.contains { form[kitField($0.product)] != nil }
    }
}

/// Which part goes back into the stock.
struct PartBackForm: Sendable {
    let path: String
    let key: String
    let part: Choice
    let motive: Field
    /// Whether it came back refused.
    let isOpen: Bool

    /// Nil where nothing can go back.
    init?(_ words: Words, _ parts: [DeviceKitPart], path: String, key: String, form: Form) {
        let taken = parts.filter(\.isFromStock)
        guard !taken.isEmpty else { return nil }
        self.path = path
        self.key = key
        part = Choice(
            "part_back",
            label: words("kit_part_back"),
            options: taken.map { ($0.product, $0.name(in: words.language)) },
            chosen: form["part_back"]
        )
        motive = Field(
            "part_motive",
            label: FieldName.motive.label(in: words.language),
            value: form["part_motive"] ?? "",
            hint: words("kit_put_back_hint")
        )
        isOpen = form["part_back"] != nil
    }
}

/// The input in which one says where a part was found.
func kitField(_ code: String) -> String { "kit-\(code)" }

extension Form {
    /// Where each part was found, from the inputs that `kitField` names; where `all` was pressed each is with the machine.
    func kit(of parts: [DeviceKitPart]) throws(Refusal) -> [ShortCode: KitFinding] {
        var found: [ShortCode: KitFinding] = [:]
        for part in parts where part.isAsked {
            let code = try ShortCode(typed: part.product, field: .kitPart)
            if self["all"] == "yes" {
                found[code] = .present
            } else if let text = self[kitField(part.product)] {
                found[code] = try KitFinding(typed: text)
            }
        }
        return found
    }
}

extension [DeviceKitPart] {
    /// « Chargeur, souris »; nil where nothing is known to be with it.
    func withIt(in language: Language) -> String? {
        let names = filter(\.isThere).map { $0.name(in: language) }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }
}
