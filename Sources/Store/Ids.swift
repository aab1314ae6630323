import Crypto
import Foundation
public import Shop

extension Instant {
    /// The system's clock, in microseconds.
    static var current: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}

extension Store {
    /// A new UUIDv7 (RFC 9562): 48 bits of milliseconds, then chance; near in time is near in the index.
    public func newID<Noun>(_ noun: Noun.Type = Noun.self) -> ID<Noun> {
        ID(uuidV7(at: clock.now(), random: randomness.bytes(10)))
    }

    /// A new UUIDv4, for what must not tell when it was made: the reference of a person.
    func newReference<Noun>(_ noun: Noun.Type = Noun.self) -> ID<Noun> {
        var bytes = randomness.bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return ID(uuid(of: bytes))
    }
}

func uuidV7(at instant: Instant, random: [UInt8]) -> UUID {
    let milliseconds = UInt64(max(0, instant.microseconds / 1000))
    var bytes = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * $0)) }
    bytes += random.prefix(10)
    bytes[6] = bytes[6] & 0x0F | 0x70
    bytes[8] = bytes[8] & 0x3F | 0x80
    return uuid(of: bytes)
}

private func uuid(of bytes: [UInt8]) -> UUID {
    precondition(bytes.count == 16, "a UUID has 16 bytes")
    return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
}

/// A request key that is made from a text, always the same for the same one.
func derivedKey(_ text: String) -> ID<Claim> {
    var bytes = Array(SHA256.hash(data: Data(text.utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80  // version 8: made from other data (RFC 9562)
    bytes[8] = bytes[8] & 0x3F | 0x80
    return ID(uuid(of: bytes))
}
