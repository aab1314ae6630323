public import Postgres
public import Shop

extension HandOverWay: Bindable, Readable {}
extension Pictogram: Bindable, Readable {}

/// A ticket of which something is still with the person: units that came back are counted by line.
let somethingStays: SQL = """
    exists (select from sale_lines l where l.sale_id = s.id and l.quantity >
        (select count(*) from refund_lines r where r.sale_id = l.sale_id and r.position = l.position))
    """

/// A gift that asks for an act.
let isHandedOver: SQL = "s.kind = 'gift' and s.person_id is not null"
