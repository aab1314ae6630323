/// The canonical text of a journal entry: format version and kind, then one `name=value` a line, in a fixed order.
/// Equal facts are equal bytes; a change of this form is a new version number, and what an earlier one sealed is read for ever (A15).
public struct Canonical: Hashable, Sendable {
    /// 1: tickets, refunds, drawers, exceptions, acts. 2: an opening names its day of business, and periods are closed.
    public static let version = 2

    /// What stands behind the format's version.
    public let heading: String
    public private(set) var fields: [Field] = []

    public struct Field: Hashable, Sendable {
        public let name: String
        public let value: String
        /// The first version that has it.
        public let since: Int

        public init(name: String, value: String, since: Int = 1) {
            self.name = name
            self.value = value
            self.since = since
        }
    }

    public init(_ kind: EntryKind) {
        heading = kind.rawValue
    }

    public init(register kind: RegisterEntryKind) {
        heading = "register \(kind.rawValue)"
    }

    public mutating func put(_ name: String, _ value: String, since version: Int = 1) {
        fields.append(Field(name: name, value: value, since: version))
    }
    public mutating func put(_ name: String, _ value: String?) { put(name, value ?? "-") }
    public mutating func put(_ name: String, _ value: some FixedWidthInteger) {
        put(name, String(value))
    }
    public mutating func put(_ name: String, _ value: (some FixedWidthInteger)?) {
        put(name, value.map { String($0) })
    }
    public mutating func put(_ name: String, _ value: Cents) { put(name, String(value.count)) }
    public mutating func put(_ name: String, _ value: Day?) { put(name, value?.iso) }
    public mutating func put(_ name: String, _ value: Instant) { put(name, value.iso) }
    public mutating func put<Noun>(_ name: String, _ value: ID<Noun>?) { put(name, value?.text) }

    /// `comptoir 2 sale`, then the fields; a backslash or a line's end inside a value is escaped.
    public var text: String { text(version: Canonical.version) }

    /// As that version wrote it: what it did not know, it has no field for.
    public func text(version: Int) -> String {
        fields.reduce("comptoir \(version) \(heading)\n") { text, field in
            field.since > version
                ? text : text + field.name + "=" + Canonical.escaped(field.value) + "\n"
        }
    }

    /// The version that wrote a text; nil when none of ours did.
    public static func version(of text: String) -> Int? {
        let words = text.prefix { $0 != "\n" }.split(separator: " ", maxSplits: 2)
        guard words.count == 3, words[0] == "comptoir", let version = Int(words[1]),
            (1...Canonical.version).contains(version)
        else { return nil }
        return version
    }

    /// The first field in which what was sealed differs from this, as its own version would write it; nil when it is the same.
    public func firstDifference(from sealed: String) -> String? {
        guard let version = Canonical.version(of: sealed) else { return "version" }
        return Canonical.firstDifference(sealed, text(version: version))
    }

    /// The first field in which two entries differ, by name; nil when they are the same.
    public static func firstDifference(_ left: String, _ right: String) -> String? {
        let lefts = left.split(separator: "\n", omittingEmptySubsequences: false)
        let rights = right.split(separator: "\n", omittingEmptySubsequences: false)
        for index in 0..<max(lefts.count, rights.count) {
            let one = index < lefts.count ? lefts[index] : ""
            let other = index < rights.count ? rights[index] : ""
            if one != other {
                let line = one.isEmpty ? other : one
                return String(line.prefix { $0 != "=" })
            }
        }
        return nil
    }

    private static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0x5C }) else {
            return value
        }
        return value.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
            .replacing("\r", with: "\\r")
    }
}

/// What an entry records. Each kind has gapless numbers of its own in a chain.
public enum EntryKind: String, CaseIterable, Sendable, Codable {
    case sale, refund, gift, duplicate, closing, event, archive
}

/// Where an entry stands in its chain.
public struct Link: Hashable, Sendable {
    public let chain: ID<Chain>
    public let position: Int64
    public let kind: EntryKind
    public let number: Int64
    public let at: Instant

    public init(chain: ID<Chain>, position: Int64, kind: EntryKind, number: Int64, at: Instant) {
        self.chain = chain
        self.position = position
        self.kind = kind
        self.number = number
        self.at = at
    }

    /// The beginning of every entry.
    public var canonical: Canonical {
        var canonical = Canonical(kind)
        canonical.put("chain_id", chain)
        canonical.put("position", position)
        canonical.put("number", number)
        canonical.put("happened_at", at)
        return canonical
    }
}
