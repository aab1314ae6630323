/// The shape of a JSON value, as OpenAPI 3.1 (JSON Schema 2020-12) says it.
indirect enum Schema: Hashable, Sendable {
    case text(format: String? = nil, pattern: String? = nil, most: Int? = nil)
    case choice([String])
    case integer(least: Int? = nil, most: Int? = nil)
    case number
    case boolean
    case list(Schema)
    case object([Property])
    /// Any text for a key, one shape for its value.
    case table(Schema)
    case optional(Schema)
    case anything

    struct Property: Hashable, Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool
    }
}
