/// What a journal entry's text says, field by field: for whoever reads entries without the tables.
public struct SealedFields: Sendable {
    /// The format's version, from the first line.
    public let version: Int
    /// `sale`, `closing`…
    public let heading: String
    /// In their order.
    public let fields: [Canonical.Field]
    private let byName: [String: String]

    /// Nil for a text that none of our versions wrote.
    public init?(_ text: String) {
        guard let version = Canonical.version(of: text) else { return nil }
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)[
            ...
        ]
        guard let first = lines.popFirst(), text.utf8.last == UInt8(ascii: "\n") else { return nil }
        let words = first.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count == 3 else { return nil }
        self.version = version
        self.heading = String(decoding: words[2], as: UTF8.self)
        var fields: [Canonical.Field] = []
        fields.reserveCapacity(lines.count)
        for line in lines {
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            fields.append(
                Canonical.Field(
                    name: String(decoding: line[..<equals], as: UTF8.self),
                    value: SealedFields.plain(line[line.index(after: equals)...])
                )
            )
        }
        self.fields = fields
        self.byName = Dictionary(
            fields.map { ($0.name, $0.value) },
            uniquingKeysWith: { one, _ in one }
        )
    }

    /// The field's value; nil where it is absent or says that there is none.
    public subscript(_ name: String) -> String? {
        byName[name].flatMap { $0 == "-" ? nil : $0 }
    }

    public func cents(_ name: String) -> Int64? { self[name].flatMap { Int64($0) } }

    /// Fields of numbered things, as `line.1.quantity`: by number, each with what stands behind it.
    public func numbered(_ prefix: String) -> [(number: Int, fields: [String: String])] {
        var found: [Int: [String: String]] = [:]
        for field in fields where field.name.hasPrefix(prefix + ".") {
            let parts = field.name.split(separator: ".", maxSplits: 2)
            guard parts.count == 3, let number = Int(parts[1]) else { continue }
            found[number, default: [:]][String(parts[2])] = field.value
        }
        return found.sorted { $0.key < $1.key }.map { (number: $0.key, fields: $0.value) }
    }

    /// Puts back what the canonical form escaped.
    private static func plain(_ value: Substring.UTF8View.SubSequence) -> String {
        guard value.contains(UInt8(ascii: "\\")) else {
            return String(decoding: value, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        var rest = value[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch next {
            case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
            default: bytes.append(next)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
