import Postgres
import Synchronization
import TestSupport
import Testing

@Suite("Rows that are known")
struct KnownRowsTests {
    @Test("a row is read once, and anew as soon as one byte of it changed")
    func readsOnce() async throws {
        try await withPool { pool async throws -> Void in
            let known = KnownRows<String>(most: 3)
            let reads = Mutex(0)
            func read(_ values: SQL) async throws -> [String] {
                let rows = try await pool.withConnection {
                    try $0.query("select * from (values \(values)) v (a, b)")
                }
                return try rows.map { row in
                    try known.value(of: row) { row in
                        reads.withLock { $0 += 1 }
                        let (a, b): (String?, String?) = (try row["a"], try row["b"])
                        return "\(a ?? "–") \(b ?? "–")"
                    }
                }
            }
            #expect(try await read("('x', 'y'), ('x', 'y')") == ["x y", "x y"])
            #expect(reads.withLock(\.self) == 1)
            // Where one column ends and the next begins tells rows apart, and null from empty.
            #expect(try await read("('xy', ''), ('x', 'z')") == ["xy ", "x z"])
            #expect(reads.withLock(\.self) == 3)
            #expect(try await read("('xy', null)") == ["xy –"])
            #expect(reads.withLock(\.self) == 4)
            // Past the most, everything is forgotten and read anew.
            #expect(try await read("('x', 'y')") == ["x y"])
            #expect(reads.withLock(\.self) == 5)
        }
    }
}
