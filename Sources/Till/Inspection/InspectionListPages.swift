import Shop
import Store

/// What is tried on machines of each kind: the list in force, those to come, those that were.
struct InspectionListsPage: Page {
    static let template = "inspection-lists"

    let kinds: [Kind]
    let mayWrite: Bool
    let refusal: RefusalCard?

    struct Kind: Sendable {
        let name: String
        let path: String
        /// The one in force today, then those to come; never none once set up.
        let present: [Version]
        /// Those that were in force before, and those that were taken back, the newest first.
        let past: [Version]
        let hasPast: Bool
    }

    struct Version: Sendable {
        let state: Tag
        /// When it was written down, and by whom.
        let origin: String
        let items: [Item]
        /// Nil for one that is or was in force, and for who may not.
        let withdrawing: Withdrawing?
    }

    struct Withdrawing: Sendable {
        let path: String
        let key: String
        let startsOn: String
        /// What cannot be undone.
        let help: String
    }

    struct Item: Sendable {
        let name: String
        let code: String
        let help: String?
        let isNoted: Bool
    }

    init(
        _ words: Words,
        _ lists: [DatedInspectionList],
        today: Day,
        mayWrite: Bool,
        refusal: Refusal? = nil,
        key: () -> String
    ) {
        self.mayWrite = mayWrite
        self.refusal = refusal.map { RefusalCard($0, in: words.language) }
        kinds = DeviceKind.allCases.compactMap { kind in
            let own = lists.filter { $0.list.kind == kind }
            guard !own.isEmpty else { return nil }
            let inForce = own.inForce(for: kind, on: today)
            func isPast(_ dated: DatedInspectionList) -> Bool {
                dated.withdrawn != nil
                    || inForce.map { dated.list.startsOn < $0.startsOn } ?? false
            }
            let past = own.filter(isPast)
            let path = "/inspection-lists/\(kind.rawValue)"
            return Kind(
                name: kind.name(in: words.language),
                path: path,
                present: own.filter { !isPast($0) }.reversed().map { dated in
                    Version(
                        dated,
                        words,
                        today: today,
                        withdrawing: mayWrite && dated.list.startsOn > today
                            ? InspectionListsPage.Withdrawing(
                                path: path + "/withdrawal",
                                key: key(),
                                startsOn: dated.list.startsOn.iso,
                                help: words(
                                    "inspection_withdraw_help",
                                    ["day": dated.list.startsOn.printed]
                                )
                            ) : nil
                    )
                },
                past: past.map { Version($0, words, today: nil) },
                hasPast: !past.isEmpty
            )
        }
    }
}

extension InspectionListsPage.Version {
    /// - Parameter today: nil for a version that was in force before.
    fileprivate init(
        _ dated: DatedInspectionList,
        _ words: Words,
        today: Day?,
        withdrawing: InspectionListsPage.Withdrawing? = nil
    ) {
        let list = dated.list
        let day = ["day": list.startsOn.printed]
        state =
            switch today {
            case nil where dated.withdrawn != nil:
                Tag(tone: "", icon: "undo", words: words("inspection_withdrawn", day))
            case nil: Tag(tone: "", icon: "calendar", words: words("inspection_from", day))
            case let today? where list.startsOn > today:
                Tag(tone: "warning", icon: "calendar", words: words("inspection_from", day))
            case _?: Tag(tone: "done", icon: "done", words: words("inspection_since", day))
            }
        let written =
            dated.operatorCode.map {
                words(
                    "inspection_written",
                    ["day": dated.recordedAt.day.printed, "operator": $0]
                )
            } ?? words("inspection_installed")
        let withdrawn = dated.withdrawn.map {
            words(
                "inspection_withdrawn_by",
                ["day": $0.at.day.printed, "operator": $0.operatorCode]
            )
        }
        origin = [written, withdrawn].compactMap(\.self).joined(separator: " ")
        self.withdrawing = withdrawing
        items = list.items.map { item in
            let help = item.help(in: words.language)
            return .init(
                name: item.name(in: words.language),
                code: item.item,
                help: help.isEmpty ? nil : help,
                isNoted: !item.mustPass
            )
        }
    }
}

/// The list of one kind, to be written anew from a day on: looked at first, then set.
struct InspectionListPage: Page {
    static let template = "inspection-list"

    let title: String
    let path: String
    let key: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let startsOn: Field
    /// Those of the list, then some that are empty.
    let rows: [Row]
    /// How many rows were sent.
    let count: Int
    /// What it would change, a line each.
    let told: [String]
    let hasTold: Bool

    struct Row: Sendable {
        let number: Int
        let heading: String
        /// Empty for one that is new.
        let item: String
        let place: Field
        let french: Field
        let english: Field
        let frenchHelp: Field
        let englishHelp: Field
        let weight: Choice
    }

    /// How many rows stand empty below the list.
    static let spare = 3

    init(
        _ words: Words,
        _ list: InspectionList,
        today: Day,
        _ draft: Draft = Draft(),
        _ change: InspectionListChange? = nil,
        key: String
    ) {
        let language = words.language
        let fields = Set(
            draft.wrong.map(\.name).filter { !$0.isEmpty }
        )
        title = words("inspection_list_of", ["kind": list.kind.name(in: language).lowercased()])
        path = "/inspection-lists/\(list.kind.rawValue)"
        self.key = key
        mistakes = draft.mistakes(in: language, fields: fields)
        refusal = draft.card(in: language, fields: fields)
        startsOn = Field(.startsOn, draft, in: language, value: today.iso, type: "date")
        count = draft.rowCount ?? list.items.count + Self.spare
        rows = (1...count).map { number in
            Row(
                words,
                number: number,
                number <= list.items.count ? list.items[number - 1] : nil,
                draft
            )
        }
        told = change?.sentences(in: language) ?? []
        hasTold = change != nil
    }
}

extension InspectionListPage.Row {
    fileprivate init(_ words: Words, number: Int, _ item: InspectionItem?, _ draft: Draft) {
        let language = words.language
        // What was sent prevails, also where it is empty.
        let old = draft.rowCount == nil ? item : nil
        func field(_ name: FieldName, _ value: String?, hint: String? = nil) -> Field {
            Field(
                name,
                draft,
                in: language,
                value: value,
                name: "\(name.name)-\(number)",
                hint: hint,
                isRequired: false,
                isOptional: false
            )
        }
        self.number = number
        self.item = draft.form["item-\(number)"] ?? old?.item ?? ""
        let french = field(.nameFrench, old?.french)
        let english = field(.nameEnglish, old?.english)
        let name = language.choose(french.value, english.value)
        heading = name.isEmpty ? words("inspection_new_item") : name
        self.french = french
        self.english = english
        frenchHelp = field(.helpFrench, old?.frenchHelp)
        englishHelp = field(.helpEnglish, old?.englishHelp)
        place = Field(
            .place,
            draft,
            in: language,
            value: String(number),
            name: "place-\(number)",
            type: "number",
            isRequired: false,
            isOptional: false
        )
        weight = Choice(
            .inspectionWeight,
            draft,
            in: language,
            options: [
                ("must", words("inspection_must")), ("note", words("inspection_note")),
            ],
            chosen: old?.mustPass == false ? "note" : "must",
            name: "weight-\(number)"
        )
    }
}

extension Draft {
    /// How many rows of a list were sent; nil before it was.
    fileprivate var rowCount: Int? {
        form["rows"].flatMap { Int($0) }.map { min(max($0, 1), InspectionList.itemsMost + 10) }
    }

    /// The list as it was typed: rows without a name are left out, and the others stand in the order of their places. Nil, with
    /// what is wrong kept beside its row.
    mutating func readInspectionList(of kind: DeviceKind) -> InspectionList? {
        let startsOn = read("starts_on") { text throws(Refusal) in
            try Day(typed: text, field: .startsOn)
        }
        var items: [(place: Int, item: InspectionItem)] = []
        var isWhole = true
        for row in 1...(rowCount ?? 1) {
            let french = value("\(FieldName.nameFrench.name)-\(row)")
            let english = value("\(FieldName.nameEnglish.name)-\(row)")
            guard !(french + english).allSatisfy(\.isWhitespace) else { continue }
            let code = value("item-\(row)")
            let (help, englishHelp) = (
                value("\(FieldName.helpFrench.name)-\(row)"),
                value("\(FieldName.helpEnglish.name)-\(row)")
            )
            let mustPass = value("weight-\(row)") != "note"
            let place = read("place-\(row)") { text throws(Refusal) in
                try number(typed: text, field: .place, in: 1...999)
            }
            do throws(Refusal) {
                let item = try InspectionItem(
                    item: code.isEmpty ? InspectionItem.code(named: english) : code,
                    french: french,
                    english: english,
                    frenchHelp: help,
                    englishHelp: englishHelp,
                    mustPass: mustPass
                )
                if let place { items.append((place, item)) } else { isWhole = false }
            } catch {
                isWhole = false
                refuse(error, in: row)
            }
        }
        guard isWhole, let startsOn else { return nil }
        // A place that two rows have keeps their order.
        let ordered = items.enumerated().sorted {
            ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
        }.map(\.element.item)
        return readAll { () throws(Refusal) in
            try InspectionList(kind: kind, startsOn: startsOn, items: ordered)
        }
    }
}

extension FieldName {
    static let place = FieldName("place", "Rang", "Place")
    static let inspectionWeight = FieldName("weight", "S’il ne marche pas", "If it does not work")
}
