/// What is tried on machines of a kind, from a day on. Another version of the kind replaces it from its own day.
public struct InspectionList: Hashable, Sendable, Codable {
    public let kind: DeviceKind
    public let startsOn: Day
    /// In the order in which they are tried.
    public let items: [InspectionItem]

    /// Throws `inspectionListUneven` when it asks nothing, too much, or one thing twice.
    public init(kind: DeviceKind, startsOn: Day, items: [InspectionItem]) throws(Refusal) {
        if let problem = Self.problem(of: items) {
            throw Refusal(
                .inspectionListUneven,
                ["problem": problem, "most": .number(Int64(Self.itemsMost))]
            )
        }
        self.kind = kind
        self.startsOn = startsOn
        self.items = items
    }

    public static let itemsMost = 60

    /// What keeps items from being a list; nil where nothing does.
    private static func problem(of items: [InspectionItem]) -> Refusal.Fact? {
        guard !items.isEmpty else {
            return .explained(french: "elle n’a aucun point", english: "it has no item")
        }
        guard items.count <= itemsMost else {
            return .explained(
                french: "elle a plus de \(itemsMost) points",
                english: "it has more than \(itemsMost) items"
            )
        }
        var seen: Set<String> = []
        return items.first { !seen.insert($0.item).inserted }.map { twice in
            .explained(
                french: "«\u{A0}\(twice.french)\u{A0}» (\(twice.item)) y est deux fois",
                english: "“\(twice.english)” (\(twice.item)) is there twice"
            )
        }
    }
}

extension [InspectionList] {
    /// The version that is in force for a kind on a day; nil where it has none.
    public func inForce(for kind: DeviceKind, on day: Day) -> InspectionList? {
        filter { $0.kind == kind && $0.startsOn <= day }.max { $0.startsOn < $1.startsOn }
    }
}

/// One thing to try on a machine of a kind.
public struct InspectionItem: Hashable, Sendable, Codable {
    /// Its name in requests, the same from a version to the next: what was tried under one counts under the other.
    public let item: String
    public let french: String
    public let english: String
    /// How it is tried; empty where nothing needs to be said.
    public let frenchHelp: String
    public let englishHelp: String
    /// Whether a fault keeps the machine off the shelf; else it is told to the buyer.
    public let mustPass: Bool

    /// Throws `fieldMissing`, `fieldTooLong` and the like for its words, `itemNameUnreadable` for a code that is not lowercase
    /// letters, digits and underscores. A help is said in both languages or in none.
    public init(
        item: String,
        french: String,
        english: String,
        frenchHelp: String?,
        englishHelp: String?,
        mustPass: Bool
    ) throws(Refusal) {
        self.french = try ShortText(typed: french, field: .nameFrench, most: 100).text
        self.english = try ShortText(typed: english, field: .nameEnglish, most: 100).text
        guard item.wholeMatch(of: /[a-z][a-z0-9_]{0,39}/) != nil else {
            throw Refusal(
                .itemNameUnreadable,
                ["field": .field(.inspectionItem), "text": .text(String(item.prefix(40)))]
            )
        }
        self.item = item
        self.frenchHelp = try ShortText.optional(typed: frenchHelp, field: .helpFrench, most: 300)
        self.englishHelp = try ShortText.optional(
            typed: englishHelp,
            field: .helpEnglish,
            most: 300
        )
        guard self.frenchHelp.isEmpty == self.englishHelp.isEmpty else {
            throw Refusal(
                .fieldMissing,
                ["field": .field(self.frenchHelp.isEmpty ? .helpFrench : .helpEnglish)]
            )
        }
        self.mustPass = mustPass
    }

    /// The code of an item of this name: `Every key, twice` is `every_key_twice`. Empty where the name has no letter to begin
    /// with.
    public static func code(named name: String) -> String {
        let parts = unaccented(name).split { !("a"..."z" ~= $0 || "0"..."9" ~= $0) }
        return String(parts.joined(separator: "_").drop { !("a"..."z" ~= $0) }.prefix(40))
    }

    /// What the database holds.
    public init(
        stored item: String,
        french: String,
        english: String,
        frenchHelp: String = "",
        englishHelp: String = "",
        mustPass: Bool = true
    ) {
        self.item = item
        self.french = french
        self.english = english
        self.frenchHelp = frenchHelp
        self.englishHelp = englishHelp
        self.mustPass = mustPass
    }

    public func name(in language: Language) -> String { language.choose(french, english) }

    public func help(in language: Language) -> String { language.choose(frenchHelp, englishHelp) }
}

/// What a version of a list changes in the one that was in force until its day.
public struct InspectionListChange: Hashable, Sendable, Codable {
    public let deviceKind: DeviceKind
    public let startsOn: Day
    /// How many items it has.
    public let items: Int
    /// Asked from then on: a machine that was inspected before is asked for these again.
    public let added: [InspectionItem]
    /// Asked no more.
    public let removed: [InspectionItem]
    /// Kept the shelf from nobody until then, and do from then on.
    public let mustPass: [InspectionItem]
    /// The other way round.
    public let onlyNoted: [InspectionItem]
    /// Said or explained in other words.
    public let reworded: [InspectionItem]
    /// Whether those that stay are tried in another order.
    public let isReordered: Bool

    /// - Parameter old: nil where the kind had no list.
    public init(from old: InspectionList?, to new: InspectionList) {
        let before = Dictionary((old?.items ?? []).map { ($0.item, $0) }) { first, _ in first }
        let after = Set(new.items.map(\.item))
        deviceKind = new.kind
        startsOn = new.startsOn
        items = new.items.count
        added = new.items.filter { before[$0.item] == nil }
        removed = (old?.items ?? []).filter { !after.contains($0.item) }
        let kept = new.items.filter { before[$0.item] != nil }
        mustPass = kept.filter { $0.mustPass && before[$0.item]?.mustPass == false }
        onlyNoted = kept.filter { !$0.mustPass && before[$0.item]?.mustPass == true }
        reworded = kept.filter { new in
            before[new.item].map { $0.words != new.words } ?? false
        }
        isReordered =
            kept.map(\.item) != (old?.items ?? []).map(\.item).filter(after.contains)
    }

    /// Whether it is the same list from another day on.
    public var changesNothing: Bool {
        added.isEmpty && removed.isEmpty && mustPass.isEmpty && onlyNoted.isEmpty
            && reworded.isEmpty && !isReordered
    }

    /// A line for each thing that changes.
    public func sentences(in language: Language) -> [String] {
        func line(_ items: [InspectionItem], _ french: String, _ english: String) -> String? {
            items.isEmpty
                ? nil
                : language.choose("\(french)\u{A0}: ", "\(english): ")
                    + items.map { $0.name(in: language) }.joined(separator: ", ")
        }
        let lines = [
            line(added, "Demandés en plus", "Asked from then on"),
            line(removed, "Plus demandés", "Asked no more"),
            line(mustPass, "Désormais exigés", "Must pass from then on"),
            line(onlyNoted, "Désormais seulement signalés", "Only noted from then on"),
            line(reworded, "Dits autrement", "Worded otherwise"),
            isReordered ? language.choose("L’ordre change.", "The order changes.") : nil,
        ].compactMap(\.self)
        return lines.isEmpty
            ? [
                language.choose(
                    "Rien ne change dans ce qui est essayé.",
                    "Nothing changes in what is tried."
                )
            ] : lines
    }
}

extension InspectionItem {
    fileprivate var words: [String] { [french, english, frenchHelp, englishHelp] }
}

/// What was found of one item.
public struct InspectionFinding: Hashable, Sendable, Codable {
    public let passed: Bool
    /// What the fault is: of the machine, never of a person. Empty where nothing was said.
    public let remark: String

    /// Throws `remarkWithoutFault`, which names `item` where it is given.
    public init(
        passed: Bool,
        remark: String = "",
        of item: InspectionItem? = nil
    ) throws(Refusal) {
        guard remark.isEmpty || !passed else {
            throw Refusal(
                .remarkWithoutFault,
                [
                    "item": .explained(
                        french: item?.french ?? "un point",
                        english: item?.english ?? "an item"
                    )
                ]
            )
        }
        self.passed = passed
        self.remark = remark
    }

    public static let passed = InspectionFinding()

    private init() {
        passed = true
        remark = ""
    }

    /// The most that a remark may have.
    public static let remarkMost = 200
}

extension FieldName {
    public static let helpFrench = FieldName(
        "help_french",
        "Comment l’essayer, en français",
        "How to try it, in French"
    )
    public static let helpEnglish = FieldName(
        "help_english",
        "Comment l’essayer, en anglais",
        "How to try it, in English"
    )
    public static let remark = FieldName("remark", "Remarque", "Remark")
}
