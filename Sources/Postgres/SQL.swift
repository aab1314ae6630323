/// A statement and the values that it binds. Written as a string literal: what is interpolated is
/// bound, never pasted, so a value cannot become SQL.
///
///     "select id from devices where label = \(label) and grade = any(\(grades))"
///
/// Every value goes as text whose type the server infers from where it stands; where nothing tells
/// it (`select \(day)`), the statement says so: `select \(day)::date`.
public struct SQL: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// The text with `$1`, `$2`… where the values stand. Holds no value: it may be logged.
    public let text: String
    /// The values, in the order of their numbers.
    public let binds: [Bound]
    /// The text between the values: always one piece more than there are values.
    private let pieces: [String]

    private init(pieces: [String], binds: [Bound]) {
        self.pieces = pieces
        self.binds = binds
        var text = pieces[0]
        for (index, piece) in pieces.dropFirst().enumerated() {
            text += "$\(index + 1)"
            text += piece
        }
        self.text = text
    }

    /// Trusted text, as it is: never what a person typed.
    public init(raw text: String) { self.init(pieces: [text], binds: []) }

    public init(stringLiteral text: String) { self.init(raw: text) }

    public init(stringInterpolation: Interpolation) {
        self.init(pieces: stringInterpolation.pieces, binds: stringInterpolation.binds)
    }

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

    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var pieces = [""]
        fileprivate var binds: [Bound] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            binds.reserveCapacity(interpolationCount)
            pieces.reserveCapacity(interpolationCount + 1)
        }

        public mutating func appendLiteral(_ literal: String) {
            pieces[pieces.count - 1] += literal
        }

        /// A value: bound.
        public mutating func appendInterpolation<Value: Bindable>(_ value: Value) {
            binds.append(value.bound)
            pieces.append("")
        }

        /// A value or its absence: bound, `null` when there is none.
        public mutating func appendInterpolation<Value: Bindable>(_ value: Value?) {
            binds.append(value?.bound ?? .null)
            pieces.append("")
        }

        /// Another statement: spliced in, with its values.
        public mutating func appendInterpolation(_ sql: SQL) {
            pieces[pieces.count - 1] += sql.pieces[0]
            pieces += sql.pieces.dropFirst()
            binds += sql.binds
        }

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
