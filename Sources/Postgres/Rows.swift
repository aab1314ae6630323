import CLibPQ
import Glibc
import Synchronization

/// What one statement answered: its rows, in the server's order, and how many it touched.
// Sound: the result is complete before it is wrapped, nothing writes to it afterwards, libpq's
// accessors only read it, and it is freed when the last reference goes.
public final class Rows: RandomAccessCollection, @unchecked Sendable {
    private let result: OpaquePointer
    /// Behind the column that was found last: whoever reads a row reads its columns mostly in their order.
    private let next = Atomic<Int32>(0)
    public let count: Int
    /// How many rows the statement inserted, updated, deleted or selected.
    public var affected: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    init(_ result: OpaquePointer) {
        self.result = result
        count = Int(PQntuples(result))
        assert(
            Set(columns).count == columns.count,
            "two columns of one name: \(columns)"
        )
    }

    deinit { PQclear(result) }

    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    public subscript(position: Int) -> Row {
        precondition(position >= 0 && position < count, "no row \(position) among \(count)")
        return Row(rows: self, index: Int32(position))
    }

    /// The columns' names, in the order of the statement.
    public var columns: [String] {
        (0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) }
    }

    /// What the server says it did: `COMMIT`, `INSERT 0 1`.
    var tag: String { String(cString: PQcmdStatus(result)) }

    fileprivate func position(of name: String) -> Int32? {
        let count = PQnfields(result)
        var column = next.load(ordering: .relaxed)
        return name.withCString { name in
            for _ in 0..<count {
                if column >= count { column = 0 }
                if strcmp(PQfname(result, column), name) == 0 {
                    next.store(column + 1, ordering: .relaxed)
                    return column
                }
                column += 1
            }
            return nil
        }
    }

    fileprivate func text(row: Int32, column: Int32) -> String? {
        if PQgetisnull(result, row, column) == 1 { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column),
            count: Int(PQgetlength(result, row, column))
        )
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Every column's length and bytes; a null has the length −1.
    fileprivate func bytes(row: Int32) -> [UInt8] {
        let columns = 0..<PQnfields(result)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(columns.reduce(0) { $0 + 4 + Int(PQgetlength(result, row, $1)) })
        for column in columns {
            let isNull = PQgetisnull(result, row, column) == 1
            let length = PQgetlength(result, row, column)
            withUnsafeBytes(of: isNull ? -1 : length) { bytes.append(contentsOf: $0) }
            bytes.append(
                contentsOf: UnsafeRawBufferPointer(
                    start: PQgetvalue(result, row, column),
                    count: Int(length)
                )
            )
        }
        return bytes
    }

    fileprivate func has(column: Int32) -> Bool { column >= 0 && column < PQnfields(result) }
    fileprivate func name(of column: Int32) -> String { String(cString: PQfname(result, column)) }
}

/// One row. Reading is typed by what the value is wanted for: `let label: String = try row["label"]`.
public struct Row: Sendable {
    private let rows: Rows
    private let index: Int32

    fileprivate init(rows: Rows, index: Int32) {
        self.rows = rows
        self.index = index
    }

    /// The column of this name; a `null` only where an `Optional` is wanted.
    public subscript<Value: Readable>(name: String) -> Value {
        get throws {
            guard let column = rows.position(of: name) else {
                throw PostgresError(
                    .unreadable,
                    "no column “\(name)” among \(rows.columns.joined(separator: ", "))"
                )
            }
            return try read(column)
        }
    }

    /// The column at this place, counted from 0.
    public subscript<Value: Readable>(column: Int) -> Value {
        get throws {
            guard let column = Int32(exactly: column), rows.has(column: column) else {
                throw PostgresError(.unreadable, "no column \(column) among \(rows.columns.count)")
            }
            return try read(column)
        }
    }

    /// What tells it from every other row of its statement.
    var bytes: [UInt8] { rows.bytes(row: index) }

    /// The message names the column and the type, never the value: it may be a person's.
    private func read<Value: Readable>(_ column: Int32) throws -> Value {
        guard let text = rows.text(row: index, column: column) else {
            if let null = Value.null { return null }
            throw PostgresError(
                .unreadable,
                "column “\(rows.name(of: column))” is null, not \(Value.self)"
            )
        }
        guard let value = Value(postgres: text) else {
            throw PostgresError(
                .unreadable,
                "column “\(rows.name(of: column))” holds no \(Value.self)"
            )
        }
        return value
    }
}
