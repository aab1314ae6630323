import Foundation
import Postgres
import Shop

extension Store {
    /// The vault holds what came in and did not leave, its levels count it, and every code opens.
    func verifyCodes(into found: inout Verification) async throws {
        for (kind, statement) in [("free_code", freeCodes), ("code_level", levels)] {
            let places: [String] = try await reports.transaction { tx in
                try tx.query(statement).map { try $0["place"] }
            }
            for place in places { found.fault(kind, place) }
        }
        var last: ID<RechargeCode>?
        while true {
            let after = last
            let part = try await reports.transaction { tx in
                try tx.query(
                    """
                    select id, batch_id, shop_id, product_id, key_id, sealed, blind_index, tail from recharge_codes
                    where \(after)::uuid is null or id > \(after) order by id limit 1000
                    """
                )
            }
            for row in part {
                found.codes += 1
                let place = CodePlace(
                    code: try row["id"],
                    batch: try row["batch_id"],
                    shop: try row["shop_id"],
                    product: try row["product_id"]
                )
                let blind: Data = try row["blind_index"]
                let code = try? keys.opened(row["sealed"], by: row["key_id"], at: place)
                guard let code, try code.tail == row["tail"],
                    keys.blindIndex(of: code) == blind
                else {
                    found.fault("code", "\(place.code)")
                    continue
                }
            }
            guard part.count == 1_000, let row = part.last else { return }
            last = try row["id"]
        }
    }
}

/// What is free is what was approved and is in no ticket, as the batch says of it.
private let freeCodes: SQL = """
    select coalesce(c.id, f.code_id)::text as place
    from (select c.id, c.shop_id, c.product_id, coalesce(c.expires_on, 'infinity') as expires_on
          from recharge_codes c join code_batch_ends e on e.batch_id = c.batch_id and e.kind = 'approved'
          where not exists (select from code_exits x where x.code_id = c.id and not exists (
              select from code_returns r where r.code_id = x.code_id and r.ordinal = x.ordinal))) c
    full join free_codes f on f.code_id = c.id
    where (c.shop_id, c.product_id, c.expires_on) is distinct from (f.shop_id, f.product_id, f.expires_on)
    limit 1
    """

/// A level of what is a code counts the codes that are free.
private let levels: SQL = """
    select concat_ws(' ', shop_id, product_id) as place
    from (select l.shop_id, l.product_id, l.free from stock_levels l join products p on p.id = l.product_id
          where p.delivery = 'code') l
    full join (select shop_id, product_id, count(*) as free from free_codes group by 1, 2) f using (shop_id, product_id)
    where coalesce(l.free, 0) <> coalesce(f.free, 0)
    limit 1
    """
