/// What is wrong with a line: where, what stood there, and why it cannot be.
public struct LineFault: Error, Hashable, Sendable {
    /// The column, as the file names it.
    public let field: String
    public let value: String
    public let refusal: Refusal

    public init(field: String, value: String, refusal: Refusal) {
        self.field = field
        self.value = String(value.prefix(80))
        self.refusal = refusal
    }
}
