import Foundation
import NIOPosix
import Postgres
public import Shop

extension Store {
    /// Sets a user's password: their own, or a new one given by an administrator. Every sign-in of
    /// theirs ends but the one that asks, and their PIN and badge are taken back: whoever changes a
    /// password may have cause to. Throws `unknownThing`, `passwordTooWeak`.
    public func setPassword(
        of login: Login,
        to text: String,
        keeping token: String? = nil,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        let password = try NewPassword(typed: text, of: login)
        return try await setSecret(
            .password,
            password.text,
            of: login,
            keeping: token,
            key: key,
            by: staff
        )
    }

    /// Sets the PIN by which a user takes over at an enrolled till. Throws `unknownThing`, `pinTooWeak`.
    public func setPIN(
        of login: Login,
        to pin: PIN,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        try pin.checkNotObvious()
        return try await setSecret(
            .pin,
            pin.digits,
            of: login,
            keeping: nil,
            key: key,
            by: staff
        )
    }

    /// Makes a new badge for a user; the old one no longer serves. What the badge says is told here and
    /// never again; the same key again tells the same. Throws `unknownThing`.
    public func makeBadge(of login: Login, key: ID<Claim>, by staff: Staff) async throws
        -> BadgeCode
    {
        // From the request's key, and known to nobody without ours.
        let badge = BadgeCode(random: Array(keys.blindIndex("badge of", "\(key) \(login.text)")))
        let lookup = keys.blindIndex("badge", badge.text)
        let id = newID(User.self).uuid
        _ = try await command("make-badge", key: key, input: [login.text], by: staff) { tx, now in
            let user = try tx.user(login, under: staff)
            // 53 random bits behind a keyed hash: a slow one would add nothing but the wait.
            try tx.execute(
                """
                insert into credentials (id, user_id, kind, hash, lookup, set_at, set_by)
                values (\(id), \(user), 'badge', 'keyed', \(lookup), \(now), \(staff.id))
                """
            )
            return Created<User>(id: user, code: login.text)
        }
        return badge
    }

    private func setSecret(
        _ kind: CredentialKind,
        _ secret: String,
        of login: Login,
        keeping token: String?,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        let salt = randomness.bytes(16)
        let hash = try await hashing.runIfActive { [slowHash] in
            try slowHash.make(secret, salt: salt)
        }
        let (id, taken) = (newID(User.self).uuid, [newID(User.self).uuid, newID(User.self).uuid])
        let kept = token.map { tokenHash($0) } ?? Data()
        // The claim keeps a digest of its input: of a secret only a keyed one.
        let input = [login.text, keys.blindIndex("secret", secret).map(String.init).joined()]
        return try await command("set-\(kind)", key: key, input: input, by: staff) { tx, now in
            let user = try tx.user(login, under: staff, orSelf: true)
            try tx.execute(credential(id, user, kind, hash, at: now, by: staff.id))
            if kind == .password {
                _ = try tx.pipeline([
                    """
                    update sign_ins set ended_at = \(now)
                    where user_id = \(user) and ended_at is null and token_hash <> \(kept)
                    """,
                    credential(taken[0], user, .pin, nil, at: now, by: staff.id),
                    credential(taken[1], user, .badge, nil, at: now, by: staff.id),
                ])
            }
            return Created(id: user, code: login.text)
        }
    }
}

enum CredentialKind: String, Bindable {
    case password, pin, badge
}

func credential(
    _ id: UUID,
    _ user: ID<User>,
    _ kind: CredentialKind,
    _ hash: String?,
    at now: Instant,
    by staff: ID<User>?
) -> SQL {
    """
    insert into credentials (id, user_id, kind, hash, set_at, set_by)
    values (\(id), \(user), \(kind), \(hash), \(now), \(staff))
    """
}
