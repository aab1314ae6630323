/// What someone typed on several lines: each of them as `ShortText`, blank lines at the ends left out.
public struct LongText: KeptText {
    public let text: String

    /// Throws `fieldMissing`, `fieldTooLong`, `textForbidden` or `nirForbidden`.
    public init(typed: String, field: FieldName, most: Int = 10_000) throws(Refusal) {
        guard typed.unicodeScalars.count <= 4 * most else {
            throw Refusal(.fieldTooLong, ["field": .field(field), "most": .number(Int64(most))])
        }
        var lines: [String] = []
        for line in typed.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            lines.append(try ShortText.optional(typed: String(line), field: field, most: most))
        }
        let text = trimmed(lines.joined(separator: "\n"))
        guard !text.isEmpty else { throw Refusal(.fieldMissing, ["field": .field(field)]) }
        guard text.unicodeScalars.count <= most else {
            throw Refusal(.fieldTooLong, ["field": .field(field), "most": .number(Int64(most))])
        }
        self.text = text
    }
}
