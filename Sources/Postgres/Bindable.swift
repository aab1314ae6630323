public import Foundation

/// A value as it travels to the server.
public struct Bound: Hashable, Sendable {
    /// PostgreSQL's text form; `nil` is `null`.
    public let text: String?
    /// The type's number in `pg_type`; 0 lets the server infer it, which is nearly always right.
    public let typeOID: UInt32

    public init(_ text: String?, typeOID: UInt32 = 0) {
        self.text = text
        self.typeOID = typeOID
    }

    public static let null = Bound(nil)
}

/// What may be interpolated into `SQL`. A type of the shop's needs one line: `var bound: Bound { cents.bound }`.
public protocol Bindable: Sendable {
    var bound: Bound { get }
}

extension Bound: Bindable {
    public var bound: Bound { self }
}

extension String: Bindable {
    public var bound: Bound { Bound(self) }
}

extension Substring: Bindable {
    public var bound: Bound { Bound(String(self)) }
}

extension Bindable where Self: FixedWidthInteger {
    public var bound: Bound { Bound(String(self)) }
}

extension Int: Bindable {}
extension Int16: Bindable {}
extension Int32: Bindable {}
extension Int64: Bindable {}

extension Double: Bindable {
    public var bound: Bound { Bound(description) }
}

extension Bool: Bindable {
    public var bound: Bound { Bound(self ? "t" : "f") }
}

extension UUID: Bindable {
    public var bound: Bound { Bound(uuidString.lowercased()) }
}

/// `bytea`, in its hexadecimal form.
extension Data: Bindable {
    public var bound: Bound { Bound(hexadecimal(self)) }
}

extension Optional: Bindable where Wrapped: Bindable {
    public var bound: Bound { self?.bound ?? .null }
}

/// An array of one dimension: `= any(\(ids))`, `unnest(\(labels)::text[])`.
extension Array: Bindable where Element: Bindable {
    public var bound: Bound { Bound(arrayLiteral(map { $0.bound.text })) }
}

/// Enums and wrappers that are one raw value bind as that value.
extension RawRepresentable where Self: Sendable, RawValue: Bindable {
    public var bound: Bound { rawValue.bound }
}

/// A JSON document as text, written and read as it stands.
public struct JSONB: Hashable, Sendable {
    public let text: String
    public init(_ text: String) { self.text = text }
}

extension JSONB: Bindable {
    public var bound: Bound { Bound(text) }
}

/// `\x` and two digits a byte.
func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 2 + 2 * bytes.count) { target in
        target[0] = UInt8(ascii: "\\")
        target[1] = UInt8(ascii: "x")
        var next = 2
        for byte in bytes {
            target[next] = digits[Int(byte >> 4)]
            target[next + 1] = digits[Int(byte & 15)]
            next += 2
        }
        return next
    }
}
