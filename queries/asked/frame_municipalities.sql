-- Which municipalities can be chosen, and what are they called?
-- One row per municipality, in the order of the Norwegian alphabet.
select
    municipality_id,
    name
from municipalities
-- Æ, Ø and Å come last, in that order; their code points do not, so they go after z.
order by translate(lower(name), 'æøå', '{|}')
