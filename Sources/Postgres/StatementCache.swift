/// The statements that one session has prepared, by text; the one unused longest makes room.
struct StatementCache {
    /// What a prepared statement depends on: the text, and the types where they are fixed.
    struct Shape: Hashable {
        let text: String
        let types: [UInt32]

        init(_ sql: SQL) {
            text = sql.text
            types = sql.binds.contains { $0.typeOID != 0 } ? sql.binds.map(\.typeOID) : []
        }
    }

    final class Entry {
        let shape: Shape
        let name: String
        fileprivate var used: Int

        fileprivate init(shape: Shape, name: String, used: Int) {
            self.shape = shape
            self.name = name
            self.used = used
        }
    }

    private let capacity: Int
    private var entries: [Shape: Entry] = [:]
    private var clock = 0

    init(capacity: Int) { self.capacity = capacity }

    /// The statement's name in this session, and whether the server has yet to hear of it. Names are
    /// never used twice.
    mutating func entry(for sql: SQL) -> (Entry, isNew: Bool) {
        clock += 1
        let shape = Shape(sql)
        if let known = entries[shape] {
            known.used = clock
            return (known, false)
        }
        let entry = Entry(shape: shape, name: "s\(clock)", used: clock)
        entries[shape] = entry
        return (entry, true)
    }

    /// The server did not take it.
    mutating func forget(_ entry: Entry) { entries[entry.shape] = nil }

    /// Takes a quarter out once there are too many, and gives the names to deallocate. Done before a batch looks
    /// anything up, so that the batch may exceed the capacity by its own length.
    mutating func makeRoom() -> [String] {
        if entries.count <= capacity { return [] }
        let excess = entries.count - capacity * 3 / 4
        let oldest = entries.values.sorted { $0.used < $1.used }.prefix(excess)
        for entry in oldest { forget(entry) }
        return oldest.map(\.name)
    }
}
