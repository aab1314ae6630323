public import Foundation

/// What a cell may be read as. A type of the shop's needs one line:
/// `init?(postgres text: String) { self.init(iso: text) }`.
public protocol Readable {
    /// From the text that the server sends; `nil` when it is no value of this type.
    init?(postgres text: String)
    /// What an SQL `null` reads as: nothing, save for an `Optional`.
    static var null: Self? { get }
}

extension Readable {
    public static var null: Self? { nil }
}

extension Optional: Readable where Wrapped: Readable {
    public init?(postgres text: String) {
        guard let value = Wrapped(postgres: text) else { return nil }
        self = .some(value)
    }

    public static var null: Self? { .some(.none) }
}

extension String: Readable {
    public init?(postgres text: String) { self = text }
}

extension Readable where Self: FixedWidthInteger {
    public init?(postgres text: String) { self.init(text, radix: 10) }
}

extension Int: Readable {}
extension Int16: Readable {}
extension Int32: Readable {}
extension Int64: Readable {}

extension Double: Readable {
    public init?(postgres text: String) { self.init(text) }
}

extension Bool: Readable {
    public init?(postgres text: String) {
        switch text {
        case "t": self = true
        case "f": self = false
        default: return nil
        }
    }
}

extension UUID: Readable {
    public init?(postgres text: String) { self.init(uuidString: text) }
}

/// `bytea`, in its hexadecimal form.
extension Data: Readable {
    public init?(postgres text: String) {
        let digits = text.utf8
        guard text.hasPrefix("\\x"), digits.count % 2 == 0 else { return nil }
        var bytes = Data(capacity: digits.count / 2 - 1)
        var high: UInt8?
        for digit in digits.dropFirst(2) {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        self = bytes
    }
}

/// An array of one dimension.
extension Array: Readable where Element: Readable {
    public init?(postgres text: String) {
        guard let elements = arrayElements(text) else { return nil }
        self = []
        reserveCapacity(elements.count)
        for element in elements {
            guard let value = element.map({ Element(postgres: $0) }) ?? Element.null else {
                return nil
            }
            append(value)
        }
    }
}

/// Enums and wrappers that are one raw value read as that value.
extension RawRepresentable where RawValue: Readable {
    public init?(postgres text: String) {
        guard let rawValue = RawValue(postgres: text) else { return nil }
        self.init(rawValue: rawValue)
    }
}

extension JSONB: Readable {
    public init?(postgres text: String) { self.init(text) }
}
