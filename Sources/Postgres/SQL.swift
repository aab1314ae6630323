/// A statement and the values that it binds. Written as a string literal: what is interpolated is
/// bound, never pasted, so a value cannot become SQL.
///
///     "select id from devices where label = \(label) and grade = any(\(grades))"
///
/// Every value goes as text whose type the server infers from where it stands; where nothing tells
/// it (`select \(day)`), the statement says so: `select \(day)::date`.
public struct SQL: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// The text with `$1`, `$2`… where the values stand. Holds no value: it may be logged.
    public private(set) var text = ""
    /// The values, in the order of their numbers.
    public private(set) var binds: [Bound] = []
    /// Where in the text each value's number begins, in bytes.
    private var places: [Int] = []

    private init() {}

    /// Trusted text, as it is: never what a person typed.
    public init(raw text: String) { self.text = text }

    public init(stringLiteral text: String) { self.init(raw: text) }

    public init(stringInterpolation: Interpolation) { self = stringInterpolation.sql }

    /// One statement after the other, its values numbered on.
    public static func + (left: SQL, right: SQL) -> SQL { "\(left)\(right)" }

    /// A name in double quotes, as PostgreSQL reads any name without folding it.
    public static func quoted(identifier: String) -> String {
        "\"" + identifier.replacing("\"", with: "\"\"") + "\""
    }

    /// A value in single quotes, for the few places that take no parameter (`create role`, `set`).
    /// Right because every connection here has `standard_conforming_strings` on.
    public static func quoted(literal: String) -> String {
        "'" + literal.replacing("'", with: "''") + "'"
    }

    private mutating func append(_ value: Bound) {
        places.append(text.utf8.count)
        binds.append(value)
        text += "$"
        text += String(binds.count)
    }

    /// The other's values are numbered on from ours.
    private mutating func append(_ other: SQL) {
        var rest = other.text.utf8[...]
        for (number, (place, value)) in zip(other.places, other.binds).enumerated() {
            let index = other.text.utf8.index(other.text.startIndex, offsetBy: place)
            text += Substring(rest[..<index])
            append(value)
            rest = other.text.utf8[index...].dropFirst("$\(number + 1)".utf8.count)
        }
        text += Substring(rest)
    }

    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var sql = SQL()

        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.text.reserveCapacity(literalCapacity + 3 * interpolationCount)
            sql.binds.reserveCapacity(interpolationCount)
            sql.places.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) { sql.text += literal }

        /// A value: bound.
        public mutating func appendInterpolation<Value: Bindable>(_ value: Value) {
            sql.append(value.bound)
        }

        /// A value or its absence: bound, `null` when there is none. (The compiler warns of an
        /// optional that no overload asks for.)
        public mutating func appendInterpolation<Value: Bindable>(_ value: Value?) {
            sql.append(value?.bound ?? .null)
        }

        /// Another statement: spliced in, with its values.
        public mutating func appendInterpolation(_ other: SQL) { sql.append(other) }

        /// Trusted text: pasted as it is.
        public mutating func appendInterpolation(raw text: String) { appendLiteral(text) }

        /// The name of a table, column, role or schema: quoted.
        public mutating func appendInterpolation(identifier: String) {
            appendLiteral(SQL.quoted(identifier: identifier))
        }
    }
}

extension Sequence<SQL> {
    /// The parts in one statement: `values \(rows.map { "(\($0.id), \($0.name))" }.joined())`.
    public func joined(separator: SQL = ", ") -> SQL {
        var whole = SQL.Interpolation(literalCapacity: 0, interpolationCount: 0)
        for (index, part) in enumerated() {
            if index > 0 { whole.appendInterpolation(separator) }
            whole.appendInterpolation(part)
        }
        return SQL(stringInterpolation: whole)
    }
}
