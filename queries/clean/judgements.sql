-- Which deviation is each review about?
-- One row per review.

with

-- A review is about the time that it says; where a corrected file moved that, about the
-- newest one that had begun.
times_reviewed as (
    select
        clean_reviews.review_id,
        max(clean_suggestions.since_on) filter (
            where clean_suggestions.since_on = clean_reviews.since_on
        ) as said_on,
        max(clean_suggestions.since_on) as newest_on
    from clean_reviews
    inner join clean_suggestions
        on
            clean_reviews.rule = clean_suggestions.rule
            and clean_reviews.municipality_id = clean_suggestions.municipality_id
            and clean_reviews.row_key = clean_suggestions.row_key
            and clean_reviews.reviewed_on >= clean_suggestions.since_on
    group by clean_reviews.review_id
)

select
    clean_reviews.review_id,
    clean_reviews.rule,
    clean_reviews.municipality_id,
    clean_reviews.row_key,
    times_reviewed.review_id is not null as is_of_suggestion,
    -- What a file has taken away since keeps the day said, or that of the first review.
    coalesce(
        times_reviewed.said_on,
        times_reviewed.newest_on,
        clean_reports.reported_on,
        clean_reviews.since_on,
        min(clean_reviews.reviewed_on) over (
            partition by
                clean_reviews.rule,
                clean_reviews.municipality_id,
                clean_reviews.row_key
        )
    ) as since_on,
    clean_reviews.verdict,
    clean_reviews.reason,
    clean_reviews.who_role,
    clean_reviews.reviewed_on
from clean_reviews
left join times_reviewed
    on clean_reviews.review_id = times_reviewed.review_id
left join clean_reports
    on
        clean_reviews.rule = 'reported'
        and clean_reviews.municipality_id = clean_reports.municipality_id
        and clean_reviews.row_key = clean_reports.report_id::varchar
