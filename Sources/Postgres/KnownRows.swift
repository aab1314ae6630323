import Synchronization

/// What the rows of one statement were read as, kept by their bytes: limits and price lists are read anew at every check and
/// hardly change. The same bytes give the same value, so nothing that is kept goes stale.
public final class KnownRows<Value: Sendable>: Sendable {
    private let values = Mutex<[[UInt8]: Value]>([:])
    private let most: Int

    /// Forgets everything past `most` rows.
    public init(most: Int = 10_000) {
        self.most = most
    }

    /// The value of `row`, which is read only where no row before had its bytes.
    public func value(of row: Row, read: (Row) throws -> Value) rethrows -> Value {
        let bytes = row.bytes
        if let known = values.withLock({ $0[bytes] }) { return known }
        let value = try read(row)
        values.withLock { values in
            if values.count >= most { values.removeAll() }
            values[bytes] = value
        }
        return value
    }
}
