/// The statements that one session has prepared, by text; the one unused longest makes room.
struct StatementCache {
    private let capacity: Int
    private var names: [SQL.Shape: (name: String, used: Int)] = [:]
    private var clock = 0
    private var named = 0

    init(capacity: Int) { self.capacity = capacity }

    /// The name under which the statement is prepared, if it is.
    mutating func name(of shape: SQL.Shape) -> String? {
        guard let name = names[shape]?.name else { return nil }
        clock += 1
        names[shape]?.used = clock
        return name
    }

    /// A name that this session has not used yet.
    mutating func newName() -> String {
        named += 1
        return "s\(named)"
    }

    /// The server has parsed it.
    mutating func remember(_ shape: SQL.Shape, as name: String) {
        clock += 1
        names[shape] = (name, clock)
    }

    mutating func forget(_ shape: SQL.Shape) { names[shape] = nil }

    /// Those to deallocate before `count` more come, none of them in use by the batch at hand.
    func oldest(toFit count: Int, sparing inUse: Set<SQL.Shape>) -> [(
        shape: SQL.Shape, name: String
    )] {
        let excess = names.count + count - capacity
        if excess <= 0 { return [] }
        return names.filter { !inUse.contains($0.key) }
            .sorted { $0.value.used < $1.value.used }
            .prefix(excess)
            .map { ($0.key, $0.value.name) }
    }
}

extension SQL {
    /// What a prepared statement depends on: the text and the types that were fixed.
    struct Shape: Hashable {
        let text: String
        let types: [UInt32]
    }

    var shape: Shape {
        Shape(text: text, types: binds.contains { $0.typeOID != 0 } ? binds.map(\.typeOID) : [])
    }
}
