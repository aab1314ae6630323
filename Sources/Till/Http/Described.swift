import Shop

/// A value that says its own shape on the wire, because reading it from nothing would not tell: it is
/// parsed from a text, or is one of a few.
protocol Described {
    static var schema: Schema { get }
    /// A value of this shape, for whoever reads on.
    static var example: Self { get }
}

extension ID: Described {
    static var schema: Schema { .text(format: "uuid") }
    static var example: ID { ID(ExampleID.value) }
}

extension Day: Described {
    static var schema: Schema { .text(format: "date") }
    static var example: Day { Day(0) }
}

extension Instant: Described {
    static var schema: Schema { .text(format: "date-time") }
    static var example: Instant { Instant(microseconds: 0) }
}

extension Cents: Described {
    static var schema: Schema { .integer(least: 0, most: Int(Cents.most.count)) }
    static var example: Cents { .zero }
}

extension Dictionary: Described where Key == String, Value: Decodable {
    static var schema: Schema { .table(ShapeReader.schema(of: Value.self)) }
    static var example: [String: Value] { [:] }
}
