extension RawRepresentable where RawValue == String, Self: CaseIterable {
    /// One of the choices, as a request names it. Throws `choiceUnknown` with the list of them.
    public init(typed text: String, field: FieldName) throws(Refusal) {
        guard let choice = Self(rawValue: trimmed(text)) else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(field), "text": .text(String(text.prefix(40))),
                    "choices": .text(Self.allCases.map(\.rawValue).joined(separator: ", ")),
                ]
            )
        }
        self = choice
    }
}

/// A whole number in a range, with any kind of space in it. Throws `quantityOutOfRange`.
public func number(
    typed text: String,
    field: FieldName,
    in range: ClosedRange<Int>
) throws(Refusal) -> Int {
    let digits = text.filter { !$0.isWhitespace }
    guard digits.count <= 12, let number = Int(digits), range.contains(number) else {
        throw Refusal(
            .quantityOutOfRange,
            [
                "field": .field(field), "least": .number(Int64(range.lowerBound)),
                "most": .number(Int64(range.upperBound)),
            ]
        )
    }
    return number
}
